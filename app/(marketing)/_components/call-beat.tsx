import { CalendarCheck, Wrench } from "lucide-react";
import type { Beat } from "./script";

type CallBeatProps = { beat: Beat; startMs: number; isPaused: boolean; onShown?: () => void };

export function CallBeat({ beat, startMs, isPaused, onShown }: CallBeatProps) {
  const side = beat.kind === "agent" ? "self-start" : beat.kind === "caller" ? "self-end" : "w-full";
  return (
    <li
      onAnimationEnd={onShown}
      className={`max-w-[88%] animate-[appear_150ms_ease-out_both] ${side} ${side === "w-full" ? "max-w-full" : ""}`}
      style={{ animationDelay: `${startMs}ms`, animationPlayState: isPaused ? "paused" : "running" }}
    >
      <Body beat={beat} />
    </li>
  );
}

function Body({ beat }: { beat: Beat }) {
  if (beat.kind === "tool") {
    return (
      <p className="mx-auto flex w-fit max-w-full items-center gap-2 rounded-lg border px-3 py-1.5 text-xs">
        <Wrench aria-hidden className="size-3.5 shrink-0 text-muted" />
        <span className="font-medium">{beat.title}</span>
        <span className="truncate text-muted">{beat.detail}</span>
      </p>
    );
  }
  if (beat.kind === "booking") {
    return (
      <div className="flex items-center gap-3 rounded-lg border border-accent bg-accent-soft px-3 py-2.5 text-accent-ink">
        <CalendarCheck aria-hidden className="size-5 shrink-0" />
        <p className="min-w-0 flex-1">
          <span className="tabular block font-semibold">{beat.when}</span>
          <span className="block text-xs">
            {beat.what}, {beat.who}
          </span>
        </p>
        <span className="text-xs font-medium">Booked</span>
      </div>
    );
  }
  const isAgent = beat.kind === "agent";
  return (
    <p className={`rounded-lg px-3 py-2 ${isAgent ? "bg-sunken" : "bg-progress-soft"}`}>
      <span className="sr-only">{isAgent ? "Caly: " : "Caller: "}</span>
      {beat.text}
    </p>
  );
}
