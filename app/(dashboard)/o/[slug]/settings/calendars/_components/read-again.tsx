"use client";

import { useActionState } from "react";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormAction, idle } from "@/lib/platform/form-state";

export function ReadAgain({ action, what }: { action: FormAction; what: string }) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit} className="flex flex-wrap items-center gap-2">
      <SubmitButton
        size="sm"
        variant="secondary"
        pending={pending}
        pendingLabel="Asking"
        aria-label={`Read now: ${what}`}
      >
        Read now
      </SubmitButton>
      <FormStatus outcome={state.status === "idle" ? null : { ok: state.ok, message: state.message }} />
    </form>
  );
}
