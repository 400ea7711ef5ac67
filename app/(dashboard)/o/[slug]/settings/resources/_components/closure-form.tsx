"use client";

import { useFields } from "@/components/forms/use-fields";
import { DatePicker } from "@/components/ui/date-picker";
import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormAction } from "@/lib/platform/form-state";

type Props = {
  action: FormAction;
  today: string;
  zone: string /** How many there are: one more, and the form is empty again. */;
  count: number;
};

/** Closes it from a day and time to another. */
export function ClosureForm({ action, today, zone, count }: Props) {
  const { form, field, errorOf, saving } = useFields(action);
  const day = (name: string, label: string, isRequired: boolean) => (
    <Field
      label={label}
      required={isRequired}
      optional={!isRequired}
      help={isRequired ? undefined : "The same day if left empty."}
      error={errorOf(name)}
    >
      {(control) => {
        const { error: _, ...rest } = field(name);
        return <DatePicker {...control} {...rest} min={today} />;
      }}
    </Field>
  );
  const time = (name: string, label: string, help: string) => (
    <TextField {...field(name)} label={label} type="time" help={help} optional className="[&_input]:tabular" />
  );
  return (
    <form {...form} className="flex flex-col gap-4 border-t px-4 py-4">
      <h3 className="font-medium">Close it for a time</h3>
      <div key={count} className="grid gap-4 sm:grid-cols-2">
        {day("fromDate", "From", true)}
        {time("fromTime", "From, at", `The whole day if left empty. Times in ${zone}.`)}
        {day("untilDate", "Until", false)}
        {time("untilTime", "Until, at", "The end of the day if left empty.")}
        <TextField
          {...field("reason")}
          label="Reason"
          help="Said in the test of availability: painting, repair."
          maxLength={80}
          optional
          className="sm:col-span-2"
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton variant="secondary" pending={saving.pending} pendingLabel="Closing">
          Close it
        </SubmitButton>
        <FormStatus outcome={saving.outcome} />
      </div>
    </form>
  );
}
