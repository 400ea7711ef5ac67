"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

type Settle = (isDone: boolean) => Promise<{ ok: boolean; message?: string | undefined }>;

/** Settles a follow-up; the corner says so and takes it back. */
export function FollowUpDone({ what, settle }: { what: string; settle: Settle }) {
  const [pending, start] = useTransition();
  const say = (isDone: boolean) =>
    start(async () => {
      const answer = await settle(isDone);
      if (!answer.ok) toast.failed(answer.message ?? "That did not work. Nothing was changed.");
      else if (isDone) toast.done(`Done: ${what}`, { label: "Undo", onClick: () => say(false) });
    });
  return (
    <Button size="sm" pending={pending} onClick={() => say(true)} aria-label={`Done: ${what}`}>
      Done
    </Button>
  );
}
