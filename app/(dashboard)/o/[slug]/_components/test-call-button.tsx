"use client";

import { PhoneCall } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { ActionState } from "@/lib/platform/form-state";

type Place = () => Promise<Pick<ActionState, "ok" | "message" | "remedy">>;

/** Lets an invented caller ring the organisation's own agent. */
export function TestCallButton({ place, label = "Place a test call" }: { place: Place; label?: string }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const remedyOf = ({ remedy }: Pick<ActionState, "remedy">) =>
    remedy && { label: remedy.label, onClick: () => router.push(remedy.href) };
  const call = () =>
    start(async () => {
      const answer = await place();
      if (answer.ok) toast.done(answer.message ?? "The phone rings.");
      else toast.failed(answer.message ?? "The call could not be placed.", remedyOf(answer));
    });
  return (
    <Button variant="primary" pending={pending} pendingLabel="Ringing" onClick={call}>
      <PhoneCall aria-hidden />
      {label}
    </Button>
  );
}
