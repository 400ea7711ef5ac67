"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useLiveEvents } from "@/components/live/use-live-events";

const gatherMs = 200;

/** Re-reads the page when something happens to this one thing; what happens to others leaves it alone. */
export function LiveSubject({ url, subjectId }: { url: string; subjectId: string }) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLiveEvents(url, {
    onEvent: ({ data }) => {
      if (!concerns(data, subjectId)) return;
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        router.refresh();
      }, gatherMs);
    },
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return null;
}

const concerns = (data: unknown, subjectId: string): boolean =>
  typeof data === "object" && data !== null && "subjectId" in data && data.subjectId === subjectId;
