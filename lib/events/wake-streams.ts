import { singleton } from "@/lib/platform/singleton";

const listeners = () => singleton("stream-listeners", () => new Set<() => void>());

/** Tells the open streams of this process to look for events now; those of other processes look by themselves. Call it after a commit. */
export function wakeStreams(): void {
  for (const wake of [...listeners()]) wake();
}

/** Calls `wake` at each `wakeStreams()`; returns how to take that back. */
export function onWakeStreams(wake: () => void): () => void {
  listeners().add(wake);
  return () => listeners().delete(wake);
}
