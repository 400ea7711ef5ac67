"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { CheckboxField } from "@/components/ui/form-fields";
import { formatTime } from "@/components/ui/time-format";
import type { FormAction } from "@/lib/platform/form-state";
import type { HolidayChoices } from "../holiday-choices";

type Props = {
  action: FormAction;
  choices: HolidayChoices;
  readOnly: boolean;
};

/** A date has no zone: read as UTC, written as UTC. */
const sayDate = (iso: string) => `${formatTime(`${iso}T00:00:00Z`, "UTC", "day")} ${iso.slice(0, 4)}`;

/** The public holidays that close the business, by name: every year's date of a ticked one. */
export function HolidayForm({ action, choices, readOnly }: Props) {
  const { form, saving } = useFields(action);
  return (
    <form {...form}>
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
      {!readOnly && <SaveFooter saving={saving} label="Save holidays" />}
    </form>
  );
}
