import { SelectField, TextField } from "@/components/ui/form-fields";

const choices = [
  { value: "", label: "Does not repeat" },
  { value: "daily", label: "Days" },
  { value: "weekly", label: "Weeks" },
  { value: "monthly", label: "Months" },
];

type Props = { values: Record<string, string> | undefined; errors: Record<string, string> | undefined };

/** How a booking repeats; the rest appears once it does, without scripts too. */
export function RepeatFields({ values, errors }: Props) {
  const field = (name: string, usual = "") => ({ name, defaultValue: values?.[name] ?? usual, error: errors?.[name] });
  return (
    <div className="group/repeat grid items-start gap-4 sm:grid-cols-2">
      <SelectField key={values?.repeat} {...field("repeat")} label="Repeats by" options={choices} />
      <div className="contents group-has-[option[value='']:checked]/repeat:hidden">
        <TextField
          {...field("every", "1")}
          label="Every how many"
          type="number"
          inputMode="numeric"
          min={1}
          max={52}
          help="2 with weeks is every second week."
        />
        <TextField
          {...field("times")}
          label="How many times"
          type="number"
          inputMode="numeric"
          min={2}
          max={104}
          optional
        />
        <TextField {...field("until")} label="Or until" type="date" className="tabular" optional />
        <TextField
          {...field("except")}
          label="Leave out"
          help="Dates as 2026-12-24, separated by commas."
          maxLength={500}
          optional
          autoComplete="off"
          className="sm:col-span-2"
        />
      </div>
    </div>
  );
}
