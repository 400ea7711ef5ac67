"use client";

import { OneButtonForm } from "@/components/forms/one-button-form";
import { ConfirmButton } from "@/components/ui/confirm-button";
import type { FormAction } from "@/lib/platform/form-state";
import { ExportLinks } from "./export-links";

type Props = {
  plan: string;
  /** The date until which everything works. */
  until: string;
  isCancelled: boolean;
  /** Nothing is owed that keeps callers from being served until then. */
  isPaid: boolean;
  /** Address of the billing page. */
  base: string;
  cancel: FormAction;
  resume: FormAction;
};

/** Ends the subscription with its period, and takes that back. */
export function CancelForm({ plan, until, isCancelled, isPaid, base, cancel, resume }: Props) {
  if (isCancelled)
    return <OneButtonForm action={resume} label="Keep the plan" pendingLabel="Saving" variant="primary" />;
  return (
    <ConfirmButton
      label="Cancel plan"
      variant="ghost"
      title={`Cancel ${plan} on ${until}?`}
      consequence={`${isPaid ? `Everything works until ${until}` : `What is owed stays owed; the plan ends on ${until}`}. After it callers hear your hours and can leave a message, nobody is booked in, and everything recorded stays readable. Until then you can take this back.`}
      confirmLabel="Cancel plan"
      cancelLabel="Keep the plan"
      action={(_, form) => cancel({ status: "idle", ok: false }, form)}
    >
      <div>
        <p className="mb-1 text-muted">Take what you want to keep with you, as CSV:</p>
        <ExportLinks base={base} />
      </div>
    </ConfirmButton>
  );
}
