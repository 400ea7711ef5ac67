"use client";

import { useEffect, useState } from "react";
import { type Peaks, peaksOfTurns } from "./peaks";
import type { Turn } from "./types";

export const buckets = 320;

// Reading the sound means fetching all of it. A short call is worth that unasked, a long one only when it is played.
const unaskedSeconds = 180;

/** The given peaks, or the turns' blocks until the sound has been read. */
export function usePeaks(options: {
  src: string;
  given: Peaks | undefined;
  turns: readonly Turn[];
  durationSeconds: number;
  agentChannel: 0 | 1;
  hasPlayed: boolean;
}): Peaks {
  const { src, given, durationSeconds, agentChannel, hasPlayed } = options;
  const [read, setRead] = useState<Peaks>();
  const isWorthIt = !given && !read && durationSeconds > 0 && (hasPlayed || durationSeconds <= unaskedSeconds);
  useEffect(() => {
    if (!isWorthIt) return;
    const abort = new AbortController();
    import("./read-peaks")
      .then(({ readPeaks }) => readPeaks(src, { buckets, agentChannel, signal: abort.signal }))
      .then(setRead)
      // The blocks of the turns stay: a picture is not worth an error, and the player reports what it cannot play.
      .catch(() => {});
    return () => abort.abort();
  }, [isWorthIt, src, agentChannel]);
  return given ?? read ?? peaksOfTurns(options.turns, durationSeconds * 1000, buckets);
}
