"use client";

import { type ReactNode, useState } from "react";
import { useKeptForm } from "../forms/use-kept-form";
import { Button, type ButtonLook } from "./button";
import { Dialog } from "./dialog";
import { type FormOutcome, FormStatus } from "./form-status";
import { SubmitButton } from "./submit-button";

type ConfirmAction = (previous: FormOutcome, form: FormData) => Promise<FormOutcome>;

/**
 * A button that asks first. `title` names the thing ("Cancel Anna's booking on Tue 24 Nov, 10:30?"), `consequence` what
 * follows. `action` gets `fields` as form data; a refusal is shown in the dialog, where what was ticked stays; success closes it.
 */
export function ConfirmButton({
  label,
  icon,
  variant = "secondary",
  size,
  title,
  consequence,
  confirmLabel,
  cancelLabel = "Keep it",
  destructive = true,
  action,
  fields = {},
  children,
}: ButtonLook & {
  label: string;
  icon?: ReactNode;
  title: string;
  consequence?: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  destructive?: boolean;
  action: ConfirmAction;
  fields?: Record<string, string>;
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const keepOpen = async (previous: FormOutcome, data: FormData): Promise<FormOutcome> => {
    const result = await action(previous, data);
    if (result?.ok !== false) setOpen(false);
    return result;
  };
  const { state: outcome, pending, form } = useKeptForm<FormOutcome>(keepOpen, null);
  return (
    <>
      <Button variant={variant} size={size} onClick={() => setOpen(true)}>
        {icon}
        {label}
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={title} description={consequence} role="alertdialog">
        <form {...form} className="flex flex-col gap-4">
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {children}
          <FormStatus outcome={outcome?.ok === false ? outcome : null} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>{cancelLabel}</Button>
            <SubmitButton variant={destructive ? "danger" : "primary"} pending={pending}>
              {confirmLabel}
            </SubmitButton>
          </div>
        </form>
      </Dialog>
    </>
  );
}
