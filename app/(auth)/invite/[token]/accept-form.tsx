"use client";

import { useActionState } from "react";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormState, idle } from "@/lib/platform/form-state";
import { accept } from "./actions";

export function AcceptForm({ token, organizationName }: { token: string; organizationName: string }) {
  const [state, submit, pending] = useActionState<FormState, FormData>(accept.bind(null, token), idle);
  return (
    <form action={submit} className="flex flex-col gap-3">
      <FormStatus outcome={state.status === "error" ? { ok: false, message: state.message } : null} />
      <SubmitButton size="lg" pending={pending} pendingLabel="Joining">
        Join {organizationName}
      </SubmitButton>
    </form>
  );
}
