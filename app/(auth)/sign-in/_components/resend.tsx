"use client";

import { useEffect, useState } from "react";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/platform/form-state";

const WAIT_SECONDS = 30;

/** Another letter, at the earliest half a minute after the last. */
export function Resend({
  action,
  email,
  state,
  isPending,
}: {
  action: (form: FormData) => void;
  email: string;
  state: FormState;
  isPending: boolean;
}) {
  const [left, setLeft] = useState(0);
  const sentAt = state.values?.sentAt;
  const [firstSentAt] = useState(sentAt);

  useEffect(() => {
    if (!sentAt) return;
    const until = performance.now() + WAIT_SECONDS * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [sentAt]);

  const isAgain = Boolean(sentAt && firstSentAt && sentAt !== firstSentAt);
  return (
    <form action={action} className="flex flex-col items-start gap-2">
      <input type="hidden" name="email" value={email} />
      <input type="hidden" name="resend" value="yes" />
      <SubmitButton variant="secondary" disabled={left > 0} pending={isPending} pendingLabel="Sending another code">
        {left > 0 ? <span className="tabular">Send another code in {left} s</span> : "Send another code"}
      </SubmitButton>
      <FormStatus
        outcome={
          state.status === "error"
            ? { ok: false, message: state.message }
            : isAgain
              ? { ok: true, message: "Another code is on its way; the one before it no longer works." }
              : null
        }
      />
    </form>
  );
}
