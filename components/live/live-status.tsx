"use client";

import { WifiOff } from "lucide-react";
import { useEffect, useState } from "react";
import type { LiveState } from "./connection";
import { useLiveEvents } from "./use-live-events";

const words: Partial<Record<LiveState, string>> = {
  reconnecting: "Reconnecting: what you see may be a moment old",
  offline: "You are offline: this is how it was when it was loaded",
};

// A stream is ended and resumed every few minutes in normal running; only a lasting break is worth a line.
const graceMs = 5000;

/** Says when the page has stopped following what happens; silent while it does. */
export function LiveStatus({ url }: { url: string }) {
  const said = words[useLiveEvents(url)];
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setShown(said), said ? graceMs : 0);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <div role="status" className="empty:sr-only">
      {shown && (
        <p className="flex items-center gap-2 bg-attention-soft px-4 py-1.5 text-xs text-attention">
          <WifiOff aria-hidden className="size-3.5 shrink-0" />
          {shown}
        </p>
      )}
    </div>
  );
}
