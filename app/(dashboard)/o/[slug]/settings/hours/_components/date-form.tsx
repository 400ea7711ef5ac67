"use client";

import { useId } from "react";
import { useKeptForm } from "@/components/forms/use-kept-form";
import { DatePicker } from "@/components/ui/date-picker";
import { Field, FieldMessage } from "@/components/ui/field";
import { CheckboxField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, idle } from "@/lib/platform/form-state";
import { SpanInputs } from "./span-inputs";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  today: string;
};

/** One date that differs: closed, or open at other times. A second one for the same date replaces the first. */
export function DateForm({ action, today }: Props) {
  const { state, pending, form } = useKeptForm(action, idle);
  const errorId = useId();
  const kind = state.values?.kind ?? "closed";
  const span = (name: string) => ({
    from: state.values?.[`${name}.from`] ?? "",
    to: state.values?.[`${name}.to`] ?? "",
  });
  return (
    <form {...form} noValidate className="group/date flex flex-col gap-4 border-t px-4 py-4">
      <h3 className="font-medium">Add a date</h3>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Date" required error={state.fields?.onDate}>
          {(control) => <DatePicker {...control} name="onDate" min={today} defaultValue={state.values?.onDate ?? ""} />}
        </Field>
        <TextField
          label="Reason"
          name="reason"
          defaultValue={state.values?.reason ?? ""}
          error={state.fields?.reason}
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
        <SpanInputs name="date.0" label="Hours" {...span("date.0")} errorId={state.fields?.spans && errorId} />
        <SpanInputs name="date.1" label="More hours" {...span("date.1")} errorId={state.fields?.spans && errorId} />
        <FieldMessage id={errorId} message={state.fields?.spans} />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton variant="secondary" pending={pending} pendingLabel="Adding">
          Add date
        </SubmitButton>
        <FormStatus outcome={state.status === "idle" ? null : state} />
      </div>
    </form>
  );
}
