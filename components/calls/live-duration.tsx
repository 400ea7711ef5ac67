"use client";

import { useEffect, useState } from "react";
import { formatDuration } from "../ui/duration-format";

/** A length that is still growing. Starts from what the server counted, so that the first render agrees. */
export function LiveDuration({ startedAt, initialSeconds }: { startedAt: string; initialSeconds: number }) {
  const [seconds, setSeconds] = useState(initialSeconds);
  useEffect(() => {
    const start = Date.parse(startedAt);
    const timer = setInterval(() => setSeconds(Math.max(0, (Date.now() - start) / 1000)), 1000);
    return () => clearInterval(timer);
  }, [startedAt]);
  return <span className="tabular whitespace-nowrap">{formatDuration(seconds)}</span>;
}
