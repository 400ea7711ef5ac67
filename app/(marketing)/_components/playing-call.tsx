"use client";

import { Pause, Play, RotateCcw } from "lucide-react";
import { useState } from "react";
import { CallBeat } from "./call-beat";
import { script, startsOf } from "./script";

const starts = startsOf(script);

/**
 * A call that plays itself once. All of it is in the page from the start and only fades in by CSS, so it reads without
 * script, keeps its height, and stands complete at once under reduced motion.
 */
export function PlayingCall() {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<"playing" | "paused" | "done">("playing");
  const press = () => {
    if (state === "done") setRound(round + 1);
    setState(state === "playing" ? "paused" : "playing");
  };
  const [Icon, word] =
    state === "playing"
      ? ([Pause, "Pause"] as const)
      : state === "paused"
        ? ([Play, "Play on"] as const)
        : ([RotateCcw, "Play again"] as const);
  return (
    <figure className="rounded-lg border bg-surface">
      <figcaption className="flex items-center gap-2 border-b px-4 py-2.5">
        <span className="inline-flex items-center gap-1.5 text-xs font-medium text-accent-ink">
          <span aria-hidden className="size-1.5 rounded-full bg-current" />
          On the line
        </span>
        <span className="text-xs text-muted">an example call</span>
        <button
          type="button"
          onClick={press}
          className="ml-auto inline-flex items-center gap-1.5 rounded-md px-2 py-1 text-xs font-medium text-muted hover:bg-hover hover:text-ink motion-reduce:hidden"
        >
          <Icon aria-hidden className="size-3.5" />
          {word}
        </button>
      </figcaption>
      <ol key={round} className="flex flex-col gap-2.5 p-4">
        {script.map((beat, at) => (
          <CallBeat
            // biome-ignore lint/suspicious/noArrayIndexKey: the script never changes
            key={at}
            beat={beat}
            startMs={starts[at] ?? 0}
            isPaused={state === "paused"}
            onShown={at === script.length - 1 ? () => setState("done") : undefined}
          />
        ))}
      </ol>
    </figure>
  );
}
