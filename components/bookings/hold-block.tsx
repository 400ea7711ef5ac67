"use client";

import { type CSSProperties, useEffect, useState } from "react";
import { formatDuration, formatMinuteOfDay } from "../ui/duration-format";
import type { CalendarHold } from "./types";

/** A slot someone on the telephone is deciding about: hatched, counting down, gone when the time is up. */
export function HoldBlock({ hold, style }: { hold: CalendarHold; style: CSSProperties }) {
  const [secondsLeft, setSecondsLeft] = useState<number>();
  useEffect(() => {
    const end = Date.parse(hold.expiresAt);
    const tick = () => setSecondsLeft(Math.max(0, Math.round((end - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [hold.expiresAt]);
  if (secondsLeft === 0) return null;
  return (
    <div
      style={style}
      className="hatched absolute overflow-hidden rounded-md border border-dashed border-progress bg-progress-soft px-1.5 text-xs text-progress"
    >
      <span className="block truncate">
        <span className="tabular">{formatMinuteOfDay(hold.startMinute)}</span> {hold.title}
      </span>
      <span className="tabular block truncate">
        {secondsLeft === undefined ? "Held" : `Held ${formatDuration(secondsLeft)}`}
      </span>
    </div>
  );
}
