"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

export function RetryButton({ retry }: { retry: () => Promise<{ ok: boolean; message?: string | undefined }> }) {
  const [pending, start] = useTransition();
  const again = () =>
    start(async () => {
      const answer = await retry();
      toast[answer.ok ? "done" : "failed"](answer.message ?? "That did not work.");
    });
  return (
    <Button size="sm" pending={pending} onClick={again}>
      Try again
    </Button>
  );
}
