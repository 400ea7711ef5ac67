"use client";

import { useEffect, useState } from "react";
import { formatTime } from "@/components/ui/time-format";
import { saySpan } from "../said-times";

/** The same time on the visitor's own clock, once their browser has told where they are and if it reads otherwise there. */
export function OwnTime({ startsAt, endsAt, zone }: { startsAt: string; endsAt: string; zone: string }) {
  const [own, setOwn] = useState<string>();
  useEffect(() => setOwn(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  if (!own || formatTime(startsAt, own) === formatTime(startsAt, zone)) return null;
  return (
    <p className="mt-3 border-t pt-3 text-muted">
      Where you are ({own.replaceAll("_", " ")}):{" "}
      <span className="tabular font-medium text-ink">{saySpan(new Date(startsAt), new Date(endsAt), own)}</span>
    </p>
  );
}
