"use client";

import { useActionState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, idle } from "@/lib/platform/form-state";

/** Makes a link and shows it this once: its token is kept nowhere, and another press makes another link. */
export function CallersLink({ action }: { action: (state: ActionState) => Promise<ActionState> }) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit} className="flex flex-col items-start gap-3">
      {state.ok && state.message ? (
        <>
          <TextField
            label="Address"
            value={state.message}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
            className="w-full"
          />
          <CopyButton value={state.message} label="Copy link" variant="secondary" />
        </>
      ) : (
        <>
          <SubmitButton variant="secondary" pending={pending} pendingLabel="Making it">
            Make a link
          </SubmitButton>
          <FormStatus outcome={state.status === "error" ? state : null} />
        </>
      )}
    </form>
  );
}
