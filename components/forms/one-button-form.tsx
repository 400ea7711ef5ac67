"use client";

import type { ReactNode } from "react";
import type { ButtonLook } from "../ui/button";
import { FormStatus } from "../ui/form-status";
import { SubmitButton } from "../ui/submit-button";
import { useFields } from "./use-fields";

type Props = ButtonLook & {
  action: Parameters<typeof useFields>[0];
  label: ReactNode;
  /** For who hears the button alone. */
  name?: string;
  pendingLabel?: string;
  fields?: Record<string, string>;
};

/** A form that is nothing but its button, with what became of it below. */
export function OneButtonForm({ action, label, name, pendingLabel, fields = {}, ...look }: Props) {
  const { form, saving } = useFields(action);
  return (
    <form {...form} className="flex flex-col items-start gap-2">
      {Object.entries(fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      <SubmitButton pending={saving.pending} pendingLabel={pendingLabel} aria-label={name} {...look}>
        {label}
      </SubmitButton>
      <FormStatus outcome={saving.outcome?.ok ? null : saving.outcome} />
    </form>
  );
}
