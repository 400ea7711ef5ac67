"use client";

import { useActionState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { type FormAction, idle } from "@/lib/platform/form-state";
import { StepFooter } from "./step-footer";

type Props = { slug: string; action: FormAction; channel: string; canCallHere: boolean };

export function TestCallStep({ slug, action, channel, canCallHere }: Props) {
  const [state, place, pending] = useActionState(action, idle);
  const connections = `/o/${slug}/settings/connections`;
  return (
    <form action={place} className="flex flex-col gap-4">
      {canCallHere ? (
        <p className="text-muted">
          An invented caller rings, talks to your agent and books a time. You watch it live, hear the recording and find
          the booking in the calendar.
        </p>
      ) : (
        <p className="text-muted">
          Connect your provider, then ring the number: the call appears under Calls while it goes on.
        </p>
      )}
      {channel !== "browser" && (
        <ButtonLink href={connections} className="self-start">
          Connect your provider
        </ButtonLink>
      )}
      {canCallHere && <StepFooter state={state} pending={pending} label="Place a test call" pendingLabel="Calling" />}
    </form>
  );
}
