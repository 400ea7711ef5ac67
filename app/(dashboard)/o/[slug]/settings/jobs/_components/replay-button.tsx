"use client";

import { useActionState } from "react";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, idle } from "@/lib/platform/form-state";

export function ReplayButton({ action, label }: { action: () => Promise<ActionState>; label: string }) {
  const [state, submit, pending] = useActionState<ActionState>(action, idle);
  return (
    <form action={submit} className="flex flex-col items-end gap-1">
      <SubmitButton variant="secondary" size="sm" pending={pending} aria-label={label}>
        Run again
      </SubmitButton>
      <FormStatus outcome={state.status === "idle" ? null : state} />
    </form>
  );
}
