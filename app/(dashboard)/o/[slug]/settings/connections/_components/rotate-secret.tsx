"use client";

import { useActionState } from "react";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormAction, idle } from "@/lib/platform/form-state";
import { ShownSecret } from "./shown-secret";

export function RotateSecret({ action }: { action: FormAction }) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit} className="flex flex-col gap-3">
      <FormStatus outcome={state.status === "idle" ? null : { ok: state.ok, message: state.message }} />
      {state.values?.secret && <ShownSecret secret={state.values.secret} />}
      <div>
        <SubmitButton variant="secondary" pending={pending} pendingLabel="Making a new secret">
          Make a new secret
        </SubmitButton>
      </div>
    </form>
  );
}
