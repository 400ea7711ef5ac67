import { cn } from "@/components/ui/cn";
import { SelectField, TextField } from "@/components/ui/form-fields";
import { NumberField } from "@/components/ui/number-field";

/** As a form holds them: `unit` in minutes, `what` = percent, fixed or refused. */
export type WindowValues = { within: string; unit: string; what: string; amount: string };

const units = [
  { value: "1", label: "minutes" },
  { value: "60", label: "hours" },
  { value: "1440", label: "days" },
];

type Props = {
  n: number;
  currency: string;
  values: WindowValues | undefined;
  error: { within?: string | undefined; amount?: string | undefined };
};

/** A further window appears once the one before it is filled in, without scripts too. */
const shownAfter = [
  "grid",
  "hidden group-has-[input[name=within-0]:not(:placeholder-shown)]/policy:grid",
  "hidden group-has-[input[name=within-1]:not(:placeholder-shown)]/policy:grid",
];

/** One window of a policy; left empty it is none. */
export function WindowInputs({ n, currency, values, error }: Props) {
  const what = [
    { value: "percent", label: "percent of the price" },
    { value: "fixed", label: `a fixed fee in ${currency}` },
    { value: "refused", label: "it is not possible" },
  ];
  return (
    <fieldset className={cn("grid-cols-2 items-start gap-3 border-t pt-4 sm:grid-cols-4", shownAfter[n])}>
      <legend className="sr-only">Window {n + 1}</legend>
      <NumberField
        label="Less than"
        name={`within-${n}`}
        min={1}
        placeholder=" "
        defaultValue={values?.within ?? ""}
        error={error.within}
        optional={n > 0}
      />
      <SelectField
        label="before the start, in"
        name={`unit-${n}`}
        options={units}
        defaultValue={values?.unit ?? "60"}
      />
      <SelectField
        label="cancelling costs"
        name={`what-${n}`}
        options={what}
        defaultValue={values?.what ?? "percent"}
      />
      <TextField
        label="How much"
        name={`amount-${n}`}
        inputMode="decimal"
        defaultValue={values?.amount ?? ""}
        error={error.amount}
      />
    </fieldset>
  );
}
