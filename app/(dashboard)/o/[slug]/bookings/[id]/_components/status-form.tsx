"use client";

import { useActionState } from "react";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, idle } from "@/lib/platform/form-state";
import type { BookingStatus } from "@/lib/scheduling/schemas";

const choices: { status: BookingStatus; label: string }[] = [
  { status: "completed", label: "They came" },
  { status: "no_show", label: "Did not come" },
  { status: "confirmed", label: "Not known yet" },
];

type Props = { action: (state: ActionState, form: FormData) => Promise<ActionState>; status: BookingStatus };

/** What became of an appointment that has begun. */
export function StatusForm({ action, status }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit} className="flex flex-col gap-2">
      <p className="font-medium">Did they come?</p>
      <div className="flex flex-wrap gap-2">
        {choices.map((choice) => (
          <SubmitButton
            key={choice.status}
            name="status"
            value={choice.status}
            size="sm"
            variant={choice.status === status ? "primary" : "secondary"}
            aria-pressed={choice.status === status}
            pending={pending}
          >
            {choice.label}
          </SubmitButton>
        ))}
      </div>
      <FormStatus outcome={state.status === "error" ? state : null} />
    </form>
  );
}
