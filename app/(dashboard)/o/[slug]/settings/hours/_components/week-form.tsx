"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";
import type { Week } from "@/lib/scheduling/schemas";
import { weekdays } from "../weekdays";
import { DayRow } from "./day-row";
import { typedWeek, typedWeekFrom, useWeek } from "./use-week";
import { WeekGrid } from "./week-grid";

type Props = {
  action: FormAction;
  title: string;
  description: string;
  weekly: Week;
  /** A person or a place: may follow the opening hours instead. Each choice with what it means. */
  follows: { isFollowing: boolean; help: string; own: { label: string; help: string } } | null;
  readOnly: boolean;
};

export function WeekForm({ action, title, description, weekly, follows, readOnly }: Props) {
  const { form, values, errorOf, saving } = useFields(action);
  const editing = useWeek(values ? typedWeekFrom(values) : typedWeek(weekly));
  const whose = values?.whose ?? (follows?.isFollowing ? "business" : "own");
  return (
    <form {...form}>
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
                  help={follows.help}
                />
                <CheckboxField
                  type="radio"
                  name="whose"
                  value="own"
                  defaultChecked={whose === "own"}
                  label={follows.own.label}
                  help={follows.own.help}
                  error={errorOf("weekly")}
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
                    error={errorOf(`day${day.weekday}`)}
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
          {!readOnly && <SaveFooter saving={saving} label="Save hours" />}
        </Card>
      </fieldset>
    </form>
  );
}
