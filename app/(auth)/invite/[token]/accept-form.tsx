"use client";

import { useActionState } from "react";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormAction, idle } from "@/lib/platform/form-state";

export function AcceptForm({ action, organizationName }: { action: FormAction; organizationName: string }) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit} className="flex flex-col gap-3">
      <FormStatus outcome={state.status === "error" ? { ok: false, message: state.message } : null} />
      <SubmitButton size="lg" pending={pending} pendingLabel="Joining">
        Join {organizationName}
      </SubmitButton>
    </form>
  );
}
