"use client";

import { useEffect, useRef } from "react";
import { cn } from "../ui/cn";
import { formatDuration } from "../ui/duration-format";
import { Status } from "../ui/status";
import { turnAt } from "./playback";
import { usePlayback, usePlaybackValue } from "./playback-context";
import { ToolCallCard } from "./tool-call-card";
import type { ToolCall, Turn } from "./types";

type Entry = { kind: "turn"; at: number; turn: Turn } | { kind: "tool"; at: number; call: ToolCall };

export type TranscriptProps = {
  turns: readonly Turn[];
  toolCalls: readonly ToolCall[];
  agentName?: string;
  callerName?: string;
  /** Turns are still arriving; they are announced as they do. */
  isLive?: boolean;
  /** Where what is shown ends, if the call goes on after it. */
  untilMs?: number | undefined;
};

/** The call as a conversation. Inside `<CallPlayback>` the turn being heard is lit, and choosing a turn plays from it. */
export function Transcript({
  turns,
  toolCalls,
  agentName = "Agent",
  callerName = "Caller",
  isLive,
  untilMs,
}: TranscriptProps) {
  const playback = usePlayback();
  const lit = usePlaybackValue(
    (now) =>
      now.positionMs > 0 && now.positionMs < (untilMs ?? Number.POSITIVE_INFINITY)
        ? turnAt(turns, now.positionMs)?.id
        : undefined,
    undefined,
  );
  const entries = inOrder(turns, toolCalls);
  return (
    <section role={isLive ? "log" : undefined} aria-label="Transcript">
      <ol className="flex flex-col gap-2.5">
        {entries.map((entry) =>
          entry.kind === "tool" ? (
            <li key={entry.call.id} className="flex">
              <ToolCallCard call={entry.call} />
            </li>
          ) : (
            <TurnBubble
              key={entry.turn.id}
              turn={entry.turn}
              speaker={entry.turn.role === "agent" ? agentName : callerName}
              isLit={entry.turn.id === lit}
              onChoose={playback ? () => playback.seek(entry.turn.offsetMs, true) : undefined}
            />
          ),
        )}
        {isLive && (
          <li>
            <Status kind="live">On the line</Status>
          </li>
        )}
      </ol>
    </section>
  );
}

function TurnBubble({
  turn,
  speaker,
  isLit,
  onChoose,
}: {
  turn: Turn;
  speaker: string;
  isLit: boolean;
  onChoose: (() => void) | undefined;
}) {
  const ref = useRef<HTMLLIElement>(null);
  const isAgent = turn.role === "agent";
  useEffect(() => {
    // Follows only inside the window: someone reading elsewhere is not dragged back.
    const box = isLit ? ref.current?.getBoundingClientRect() : undefined;
    if (box && box.top < window.innerHeight && box.bottom > window.innerHeight)
      ref.current?.scrollIntoView({ block: "center" });
  }, [isLit]);
  const at = formatDuration(turn.offsetMs / 1000);
  return (
    <li
      ref={ref}
      id={turn.id}
      aria-current={isLit ? "true" : undefined}
      className={cn(
        "flex scroll-mt-24 max-w-[85%] flex-col gap-0.5",
        isAgent ? "items-start self-start" : "items-end self-end",
      )}
    >
      <p className="flex items-baseline gap-2 px-1 text-xs text-muted">
        <span className="font-medium">{speaker}</span>
        {onChoose ? (
          <button
            type="button"
            onClick={onChoose}
            aria-label={`Play from ${at}`}
            className="tabular rounded-sm underline-offset-2 hover:text-ink hover:underline"
          >
            {at}
          </button>
        ) : (
          <span className="tabular">{at}</span>
        )}
      </p>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the time above is the button for the keyboard; this is its larger target */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        onClick={onChoose && (() => window.getSelection()?.isCollapsed !== false && onChoose())}
        className={cn(
          "rounded-lg border border-transparent px-3 py-2 transition-colors",
          isAgent ? "bg-sunken" : "bg-progress-soft",
          onChoose && "cursor-pointer",
          isLit && "border-accent bg-accent-soft",
          "in-target:border-accent",
        )}
      >
        {turn.text}
      </div>
    </li>
  );
}

function inOrder(turns: readonly Turn[], toolCalls: readonly ToolCall[]): Entry[] {
  const entries: Entry[] = [
    ...turns.map((turn) => ({ kind: "turn" as const, at: turn.offsetMs, turn })),
    ...toolCalls.map((call) => ({ kind: "tool" as const, at: call.offsetMs, call })),
  ];
  return entries.sort((a, b) => a.at - b.at);
}
