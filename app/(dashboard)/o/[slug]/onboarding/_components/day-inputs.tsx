import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DayRow } from "../offer-values";

const names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** A day's hours; the second pair appears for a day that has a break already. */
export function DayInputs({ day, error }: { day: DayRow; error: string | undefined }) {
  const name = names[day.weekday] ?? "";
  const spans = day.spans.length > 0 ? day.spans : [{ from: "", to: "" }];
  return (
    <div className="grid items-start gap-x-3 gap-y-1 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <span className="pt-2">{name}</span>
      <div className="flex flex-col gap-1.5">
        {spans.map((span, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the spans of a day are their places
          <div key={n} className="flex items-center gap-2">
            <Field label={`${name}, opens`} hideLabel error={n === 0 ? error : undefined}>
              {(control) => (
                <Input {...control} type="time" name={`${day.weekday}.${n}.from`} defaultValue={span.from} />
              )}
            </Field>
            <span className="text-muted">to</span>
            <Field label={`${name}, closes`} hideLabel>
              {(control) => <Input {...control} type="time" name={`${day.weekday}.${n}.to`} defaultValue={span.to} />}
            </Field>
          </div>
        ))}
      </div>
    </div>
  );
}
