"use client";

import { useEffect, useState } from "react";
import { cn } from "./cn";
import { formatRelative } from "./time-format";

export function RelativeTime({
  iso,
  initial,
  absolute,
  full,
  className,
}: {
  iso: string;
  initial: string;
  absolute: string;
  full: string;
  className?: string;
}) {
  const [said, setSaid] = useState(initial);
  useEffect(() => {
    const tick = () => setSaid(formatRelative(iso, Date.now()) ?? absolute);
    tick();
    const timer = setInterval(tick, 20_000);
    return () => clearInterval(timer);
  }, [iso, absolute]);
  return (
    <time dateTime={iso} title={full} suppressHydrationWarning className={cn("tabular whitespace-nowrap", className)}>
      {said}
    </time>
  );
}
