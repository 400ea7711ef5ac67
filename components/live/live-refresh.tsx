"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useLiveEvents } from "./use-live-events";

const quietMs = 300;
const longestWaitMs = 2000;

/** Re-reads the page when something of `kinds` happens: shortly after the last of a burst, at the latest two seconds in. */
export function LiveRefresh({ url, kinds }: { url: string; kinds?: readonly string[] }) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const since = useRef<number>(undefined);
  useLiveEvents(url, {
    kinds,
    onEvent: () => {
      const now = Date.now();
      since.current ??= now;
      clearTimeout(timer.current);
      const wait = Math.max(0, Math.min(quietMs, since.current + longestWaitMs - now));
      timer.current = setTimeout(() => {
        since.current = undefined;
        router.refresh();
      }, wait);
    },
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return null;
}
