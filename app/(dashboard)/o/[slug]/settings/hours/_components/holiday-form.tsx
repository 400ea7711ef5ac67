"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { CardFooter } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatTime } from "@/components/ui/time-format";
import { type ActionState, idle } from "@/lib/platform/form-state";
import type { HolidayChoices } from "../holiday-choices";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  choices: HolidayChoices;
  readOnly: boolean;
};

/** A date has no zone: read as UTC, written as UTC. */
const sayDate = (iso: string) => `${formatTime(`${iso}T00:00:00Z`, "UTC", "day")} ${iso.slice(0, 4)}`;

/** The public holidays that close the business, by name: every year's date of a ticked one. */
export function HolidayForm({ action, choices, readOnly }: Props) {
  const { state, pending, form } = useKeptForm(action, idle);
  return (
    <form {...form} noValidate>
      <input type="hidden" name="country" value={choices.country} />
      <input type="hidden" name="region" value={choices.region} />
      <fieldset disabled={readOnly} className="border-t px-4 py-4">
        <legend className="sr-only">Closed on</legend>
        {choices.holidays.length === 0 ? (
          <p className="text-muted">No public holidays are known there.</p>
        ) : (
          <div className="grid gap-2.5 sm:grid-cols-2">
            {choices.holidays.map((holiday) => (
              <CheckboxField
                key={holiday.name}
                name="closedOn"
                value={holiday.name}
                defaultChecked={holiday.closes}
                label={holiday.name}
                help={`Next on ${sayDate(holiday.onDate)}`}
              />
            ))}
          </div>
        )}
      </fieldset>
      {!readOnly && (
        <CardFooter>
          <SubmitButton pending={pending} pendingLabel="Saving">
            Save holidays
          </SubmitButton>
          <FormStatus outcome={state.status === "idle" ? null : state} />
        </CardFooter>
      )}
    </form>
  );
}
