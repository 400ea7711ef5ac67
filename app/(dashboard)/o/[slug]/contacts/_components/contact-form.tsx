"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { TextareaField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";

type Answer = { ok: boolean; status: "idle" | "ok" | "error"; message?: string; fields?: Record<string, string> };
type Values = { name: string; phone: string; email: string; language: string; notes: string };
type Props = {
  action: (previous: Answer, form: FormData) => Promise<Answer>;
  values?: Values;
  submitLabel: string;
};

const idle: Answer = { ok: false, status: "idle" };
const nothing: Values = { name: "", phone: "", email: "", language: "", notes: "" };

/** A contact's own fields, to be made or corrected. */
export function ContactForm({ action, values = nothing, submitLabel }: Props) {
  const { state, pending, form } = useKeptForm<Answer>(action, idle);
  const error = (name: keyof Values) => state.fields?.[name];
  return (
    <form {...form} className="flex flex-col gap-4">
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        maxLength={120}
        defaultValue={values.name}
        error={error("name")}
      />
      <TextField
        label="Telephone"
        name="phone"
        type="tel"
        inputMode="tel"
        autoComplete="off"
        maxLength={40}
        defaultValue={values.phone}
        error={error("phone")}
        help="With the country code if it is abroad."
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="off"
        maxLength={254}
        defaultValue={values.email}
        error={error("email")}
        optional
      />
      <TextField
        label="Language"
        name="language"
        autoComplete="off"
        maxLength={20}
        defaultValue={values.language}
        error={error("language")}
        help="A code such as en or es-MX."
        optional
      />
      <TextareaField
        label="Notes"
        name="notes"
        rows={4}
        maxLength={4000}
        defaultValue={values.notes}
        error={error("notes")}
        optional
      />
      <FormStatus outcome={state.status === "idle" ? null : state} />
      <SubmitButton pending={pending} className="self-start">
        {submitLabel}
      </SubmitButton>
    </form>
  );
}
