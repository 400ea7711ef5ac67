"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { TextareaField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, idle } from "@/lib/platform/form-state";

type Props = {
  action: (state: ActionState, form: FormData) => Promise<ActionState>;
  name: string;
  notes: string;
  readOnly: boolean;
};

export function NotesForm({ action, name, notes, readOnly }: Props) {
  const { state, pending, form } = useKeptForm(action, idle);
  return (
    <form {...form} noValidate>
      <fieldset disabled={readOnly} className="flex flex-col gap-4">
        <TextField
          label="Name"
          name="name"
          defaultValue={state.values?.name ?? name}
          error={state.fields?.name}
          maxLength={120}
          autoComplete="off"
        />
        <TextareaField
          label="Notes"
          name="notes"
          defaultValue={state.values?.notes ?? notes}
          error={state.fields?.notes}
          maxLength={2000}
          rows={4}
        />
        {!readOnly && (
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton variant="secondary" pending={pending} pendingLabel="Saving">
              Save
            </SubmitButton>
            <FormStatus outcome={state.status === "idle" ? null : state} />
          </div>
        )}
      </fieldset>
    </form>
  );
}
