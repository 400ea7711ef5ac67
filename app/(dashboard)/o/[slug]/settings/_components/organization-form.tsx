"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { SelectField, TextField } from "@/components/ui/form-fields";
import { NumberField } from "@/components/ui/number-field";
import type { SelectOption } from "@/components/ui/select";
import { tradeLabels, trades } from "@/lib/organizations/words";
import type { FormAction } from "@/lib/platform/form-state";

type Options = { countries: SelectOption[]; currencies: SelectOption[]; zones: SelectOption[] };

export function OrganizationForm({
  action,
  canEdit,
  options,
  values,
}: {
  action: FormAction;
  canEdit: boolean;
  options: Options;
  values: Record<string, string>;
}) {
  const { form, field: own, saving } = useFields(action);
  const field = (name: string) => ({ ...own(name, values[name]), disabled: !canEdit });
  return (
    <form {...form} className="flex flex-col gap-4">
      <TextField label="Name" required help="Said at the start of every call." {...field("name")} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Trade"
          options={trades.map((trade) => ({ value: trade, label: tradeLabels[trade] }))}
          {...field("trade")}
        />
        <SelectField label="Country" options={options.countries} {...field("country")} />
        <SelectField
          label="Time zone"
          help="Hours and bookings are kept in this zone."
          options={options.zones}
          {...field("timeZone")}
        />
        <SelectField label="Currency" options={options.currencies} {...field("currency")} />
      </div>
      <TextField
        label="Number for callers who want a person"
        optional
        type="tel"
        autoComplete="off"
        help="The agent passes such calls to it. Without one it takes a message."
        {...field("transferNumber")}
      />
      <NumberField
        label="Remind of appointments"
        min={0}
        max={168}
        help="Hours before they begin, by e-mail to whoever left an address, with a link to move or cancel. 0 reminds nobody."
        className="sm:max-w-48"
        {...field("reminderHours")}
      />
      <NumberField
        label="Keep calls for"
        min={1}
        max={3650}
        help="Days. Older recordings, transcripts and what providers sent are deleted."
        className="sm:max-w-48"
        {...field("retentionDays")}
      />
      {canEdit && <SaveFooter saving={saving} isPlain />}
    </form>
  );
}
