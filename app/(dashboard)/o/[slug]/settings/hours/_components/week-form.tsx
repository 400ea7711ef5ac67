"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, idle } from "@/lib/platform/form-state";
import type { Week } from "@/lib/scheduling/schemas";
import { weekdays } from "../weekdays";
import { DayRow } from "./day-row";
import { typedWeek, typedWeekFrom, useWeek } from "./use-week";
import { WeekGrid } from "./week-grid";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  title: string;
  description: string;
  weekly: Week;
  /** A person: may follow the opening hours instead. */
  follows: { isFollowing: boolean; name: string } | null;
  readOnly: boolean;
};

export function WeekForm({ action, title, description, weekly, follows, readOnly }: Props) {
  const { state, pending, form } = useKeptForm(action, idle);
  const editing = useWeek(state.values ? typedWeekFrom(state.values) : typedWeek(weekly));
  const whose = state.values?.whose ?? (follows?.isFollowing ? "business" : "own");
  const problem = state.fields?.weekly;
  return (
    <form {...form} noValidate>
      <fieldset disabled={readOnly}>
        <Card>
          <CardHeader title={title} description={description} />
          <div className="group/hours">
            {follows && (
              <CardBody className="flex flex-col gap-2.5">
                <CheckboxField
                  type="radio"
                  name="whose"
                  value="business"
                  defaultChecked={whose === "business"}
                  label="Follows the opening hours"
                  help={`When the business is open, ${follows.name} can be booked.`}
                />
                <CheckboxField
                  type="radio"
                  name="whose"
                  value="own"
                  defaultChecked={whose === "own"}
                  label="Works hours of their own"
                  help="Within the opening hours; what lies outside of them is not offered."
                  error={problem}
                />
              </CardBody>
            )}
            <div className={follows ? "group-has-[input[value=business]:checked]/hours:hidden" : undefined}>
              <WeekGrid typed={editing.week} readOnly={readOnly} onPut={editing.put} onRemove={editing.remove} />
              <ul className="divide-y border-t">
                {weekdays.map((day) => (
                  <DayRow
                    key={day.weekday}
                    {...day}
                    spans={editing.week[day.weekday] ?? []}
                    error={state.fields?.[`day${day.weekday}`]}
                    readOnly={readOnly}
                    onAdd={() => editing.add(day.weekday)}
                    onRemove={(key) => editing.remove(day.weekday, key)}
                    onChange={(key, part, value) => editing.change(day.weekday, key, part, value)}
                    onCopy={(to) => editing.copy(day.weekday, to)}
                  />
                ))}
              </ul>
            </div>
          </div>
          {!readOnly && (
            <CardFooter>
              <SubmitButton pending={pending} pendingLabel="Saving">
                Save hours
              </SubmitButton>
              <FormStatus outcome={state.status === "idle" ? null : state} />
            </CardFooter>
          )}
        </Card>
      </fieldset>
    </form>
  );
}
