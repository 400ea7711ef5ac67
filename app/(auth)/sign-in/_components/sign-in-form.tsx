"use client";

import { useActionState } from "react";
import { TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormState, idle } from "@/lib/platform/form-state";
import { checkCode, sendCode } from "../actions";
import { CodeBoxes } from "./code-boxes";
import { Resend } from "./resend";

/** An address, then the code sent to it. Both halves work without scripts: what was said comes back with the state. */
export function SignInForm({ next, hasMailbox }: { next: string; hasMailbox: boolean }) {
  const [sent, send, isSending] = useActionState<FormState, FormData>(sendCode, idle);
  const [checked, check, isChecking] = useActionState<FormState, FormData>(checkCode, idle);
  const isSent = sent.status === "ok" || Boolean(sent.values?.isResend);
  const email = checked.values?.email ?? (isSent ? sent.values?.email : undefined);

  if (!email)
    return (
      <form action={send} noValidate className="flex flex-col gap-4">
        <h1 className="text-title font-semibold tracking-tight">Sign in</h1>
        <p className="text-muted">We send you a code of six digits. No password; new here works the same way.</p>
        <TextField
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="email"
          autoFocus
          required
          defaultValue={sent.values?.email}
          error={sent.fields?.email}
        />
        <FormStatus
          outcome={sent.status === "error" && !sent.fields?.email ? { ok: false, message: sent.message } : null}
        />
        <SubmitButton size="lg" pending={isSending} pendingLabel="Sending the code">
          Send me a code
        </SubmitButton>
      </form>
    );

  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-title font-semibold tracking-tight">Enter the code</h1>
      <p className="text-muted">
        We have sent six digits to <strong className="font-medium break-all text-ink">{email}</strong>. They work for
        ten minutes.
      </p>
      <form action={check} noValidate className="flex flex-col gap-4">
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="next" value={next} />
        <CodeBoxes error={checked.fields?.code} isPending={isChecking} attempt={checked} />
        <FormStatus
          outcome={checked.status === "error" && !checked.fields?.code ? { ok: false, message: checked.message } : null}
        />
        <SubmitButton size="lg" pending={isChecking} pendingLabel="Signing in">
          Sign in
        </SubmitButton>
      </form>
      <Resend action={send} email={email} state={sent} isPending={isSending} />
      {hasMailbox && (
        <p className="rounded-lg bg-sunken px-3 py-2 text-muted">
          Nothing leaves this machine: the letter is in the{" "}
          <a href="/dev/mailbox" target="_blank" rel="noreferrer" className="font-medium text-accent-ink underline">
            development mailbox
          </a>
          .
        </p>
      )}
      <a
        href={`/sign-in?next=${encodeURIComponent(next)}`}
        className="self-start text-muted underline underline-offset-2 hover:text-ink"
      >
        Use another address
      </a>
    </div>
  );
}
