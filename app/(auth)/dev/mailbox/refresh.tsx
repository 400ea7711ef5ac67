"use client";

import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import { Button } from "@/components/ui/button";

/** Reads the page again by itself while it is looked at, and at once on request. */
export function LiveRefreshEvery({ seconds }: { seconds: number }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, seconds * 1000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return (
    <Button size="sm" pending={pending} onClick={() => start(() => router.refresh())}>
      Refresh
    </Button>
  );
}
