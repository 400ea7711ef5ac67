"use client";

import { SelectField, TextField } from "@/components/ui/form-fields";
import type { SelectOption } from "@/components/ui/select";
import { tradeLabels, trades } from "@/lib/organizations/words";

/** What is asked of a new business; also of one that is being founded. */
export function BusinessFields({
  state,
  values,
  options,
}: {
  state: { values?: Record<string, string> | undefined; fields?: Record<string, string> | undefined };
  values: Record<string, string>;
  options: { countries: readonly SelectOption[]; zones: readonly SelectOption[] };
}) {
  const field = (name: string) => ({
    name,
    defaultValue: state.values?.[name] ?? values[name],
    error: state.fields?.[name],
  });
  return (
    <>
      <TextField
        label="Name of the business"
        required
        maxLength={80}
        autoComplete="organization"
        help="As the agent says it when it answers."
        {...field("name")}
      />
      <SelectField
        label="Trade"
        help="Brings opening hours and services to begin with."
        options={trades.map((trade) => ({ value: trade, label: tradeLabels[trade] }))}
        {...field("trade")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="Country" options={options.countries} {...field("country")} />
        <SelectField label="Time zone" options={options.zones} {...field("timeZone")} />
      </div>
    </>
  );
}
