"use client";

import { createContext, type ReactNode, use, useState, useSyncExternalStore } from "react";
import { Playback } from "./playback";

const Context = createContext<Playback | undefined>(undefined);

/** Around a player and the transcript that follows it. */
export function CallPlayback({ children }: { children: ReactNode }) {
  const [playback] = useState(() => new Playback());
  return <Context value={playback}>{children}</Context>;
}

export function usePlayback(): Playback | undefined {
  return use(Context);
}

const nothing = () => () => {};

/** Reads something off the playback; renders again only when what was read has changed. */
export function usePlaybackValue<T>(read: (playback: Playback) => T, otherwise: T): T {
  const playback = use(Context);
  const snapshot = () => (playback ? read(playback) : otherwise);
  return useSyncExternalStore(playback?.subscribe ?? nothing, snapshot, () => otherwise);
}
