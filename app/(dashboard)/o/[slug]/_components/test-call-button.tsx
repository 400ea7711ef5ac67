"use client";

import { PhoneCall } from "lucide-react";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

type Place = () => Promise<{ ok: boolean; message?: string | undefined }>;

/** Lets an invented caller ring the organisation's own agent. */
export function TestCallButton({ place, label = "Place a test call" }: { place: Place; label?: string }) {
  const [pending, start] = useTransition();
  const call = () =>
    start(async () => {
      const answer = await place();
      if (answer.ok) toast.done(answer.message ?? "The phone rings.");
      else toast.failed(answer.message ?? "The call could not be placed.");
    });
  return (
    <Button variant="primary" pending={pending} pendingLabel="Ringing" onClick={call}>
      <PhoneCall aria-hidden />
      {label}
    </Button>
  );
}
