"use client";

import { type ReactNode, useEffect, useState } from "react";
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

/** A form that is nothing but its button, with what became of it below. Where its action names an address, the browser leaves for it. */
export function OneButtonForm({ action, label, name, pendingLabel, fields = {}, ...look }: Props) {
  const { form, saving } = useFields(action);
  const { outcome } = saving;
  const [cameBackFrom, setCameBackFrom] = useState<object | null>(null);
  useEffect(() => {
    if (!outcome?.leaveFor) return;
    // Who comes back by the browser's own button finds the page as it was left.
    const cameBack = () => setCameBackFrom(outcome);
    window.addEventListener("pageshow", cameBack);
    window.location.assign(outcome.leaveFor);
    return () => window.removeEventListener("pageshow", cameBack);
  }, [outcome]);
  const isLeaving = outcome?.leaveFor !== undefined && cameBackFrom !== outcome;
  return (
    <form {...form} className="flex flex-col items-start gap-2">
      {Object.entries(fields).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} />
      ))}
      <SubmitButton pending={saving.pending || isLeaving} pendingLabel={pendingLabel} aria-label={name} {...look}>
        {label}
      </SubmitButton>
      <FormStatus outcome={outcome?.ok ? null : outcome} />
    </form>
  );
}
