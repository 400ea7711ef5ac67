"use client";

import { Plus } from "lucide-react";
import { useId, useState } from "react";
import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { Button } from "@/components/ui/button";
import { DatePicker } from "@/components/ui/date-picker";
import { formatMinuteOfDay } from "@/components/ui/duration-format";
import { Field, FieldMessage } from "@/components/ui/field";
import { CheckboxField, TextField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";
import type { DateOverride } from "@/lib/scheduling/schemas";
import { SpanInputs } from "./span-inputs";

type Props = {
  action: FormAction;
  today: string;
  /** The day chosen in the month, with what differs on it already. */
  chosen: { onDate: string; override: DateOverride | undefined } | undefined;
};

/** A date that differs, or several in a row: closed, or open at other times. Saved again, a date is replaced. */
export function DateForm({ action, today, chosen }: Props) {
  const { form, field, values, errorOf, saving } = useFields(action);
  const errorId = useId();
  const before = chosen?.override;
  const kind = values?.kind ?? (before && before.spans.length > 0 ? "open" : "closed");
  const span = (n: number) => {
    const known = before?.spans[n];
    return {
      from: values?.[`date.${n}.from`] ?? (known ? formatMinuteOfDay(known.startMinute) : ""),
      to: values?.[`date.${n}.to`] ?? (known ? formatMinuteOfDay(known.endMinute) : ""),
    };
  };
  const [pairs, setPairs] = useState(() => Math.max(2, (before?.spans.length ?? 0) + 1));
  return (
    <form {...form} className="group/date flex flex-col gap-4 border-t px-4 py-4">
      <h3 className="font-medium">{before ? "Change a date" : "Add a date"}</h3>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Date" required error={errorOf("onDate")}>
          {(control) => (
            <DatePicker {...control} name="onDate" min={today} defaultValue={values?.onDate ?? chosen?.onDate ?? ""} />
          )}
        </Field>
        <Field label="Until" help="For several days in a row: a holiday." optional error={errorOf("untilDate")}>
          {(control) => <DatePicker {...control} name="untilDate" min={today} defaultValue={values?.untilDate ?? ""} />}
        </Field>
        <TextField
          {...field("reason", before?.reason)}
          label="Reason"
          maxLength={80}
          optional
          help="Bank holiday, training, late opening."
        />
      </div>
      <fieldset className="flex flex-col gap-2.5">
        <legend className="sr-only">On that date</legend>
        <CheckboxField
          type="radio"
          name="kind"
          value="closed"
          defaultChecked={kind === "closed"}
          label="Closed all day"
        />
        <CheckboxField type="radio" name="kind" value="open" defaultChecked={kind === "open"} label="Other hours" />
      </fieldset>
      <div className="flex flex-col gap-2 group-has-[input[value=closed]:checked]/date:hidden">
        {Array.from({ length: Math.min(pairs, 8) }, (_, n) => `date.${n}`).map((name, n) => (
          <SpanInputs
            key={name}
            name={name}
            label={n === 0 ? "Hours" : "More hours"}
            {...span(n)}
            errorId={errorOf("spans") && errorId}
          />
        ))}
        {pairs < 8 && (
          <Button variant="ghost" size="sm" className="self-start" onClick={() => setPairs(pairs + 1)}>
            <Plus aria-hidden /> Add hours
          </Button>
        )}
        <FieldMessage id={errorId} message={errorOf("spans")} />
      </div>
      <SaveFooter saving={saving} label={before ? "Save date" : "Add date"} isPlain />
    </form>
  );
}
