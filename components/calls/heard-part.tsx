"use client";

import Link from "next/link";
import { usePlaybackValue } from "./playback-context";

type Props = { href: string /** Where each part begins. */; startsMs: readonly number[] /** From 1. */; shown: number };

/** While another part of the transcript is being heard than is shown: the way there. */
export function HeardPart({ href, startsMs, shown }: Props) {
  const heard = usePlaybackValue(
    ({ isPlaying, positionMs }) => (isPlaying ? Math.max(1, startsMs.filter((ms) => ms <= positionMs).length) : shown),
    shown,
  );
  return (
    <p role="status" className="mt-2 text-xs empty:sr-only">
      {heard !== shown && (
        <Link href={`${href}?part=${heard}`} scroll={false} className="text-accent-ink underline">
          What is being heard is in part {heard}
        </Link>
      )}
    </p>
  );
}
