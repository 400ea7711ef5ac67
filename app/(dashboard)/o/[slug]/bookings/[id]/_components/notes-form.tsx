"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { TextareaField, TextField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";

type Props = {
  action: FormAction;
  name: string;
  email: string;
  notes: string;
  readOnly: boolean;
};

export function NotesForm({ action, name, email, notes, readOnly }: Props) {
  const { form, field, saving } = useFields(action);
  return (
    <form {...form}>
      <fieldset disabled={readOnly} className="flex flex-col gap-4">
        <TextField {...field("name", name)} label="Name" maxLength={120} autoComplete="off" />
        <TextField
          {...field("email", email)}
          label="E-mail"
          type="email"
          maxLength={254}
          optional
          autoComplete="off"
          help="Changes and the reminder are written to it."
        />
        <TextareaField {...field("notes", notes)} label="Notes" maxLength={2000} rows={4} />
        {!readOnly && <SaveFooter saving={saving} isPlain />}
      </fieldset>
    </form>
  );
}
