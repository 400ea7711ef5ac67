type Listener = () => void;

/** The parts of an audio element that are used, so that a test can stand in for it. */
export type Playable = {
  currentTime: number;
  readonly paused: boolean;
  play(): Promise<void>;
  pause(): void;
};

/** Where the recording stands, shared by the player and the transcript without rendering either for every tick. */
export class Playback {
  private audio: Playable | undefined;
  private readonly listeners = new Set<Listener>();
  positionMs = 0;
  isPlaying = false;

  attach(audio: Playable): () => void {
    this.audio = audio;
    this.refresh();
    return () => {
      this.audio = undefined;
    };
  }

  /** Called by the audio element's events and by the frame loop while it plays. */
  refresh = (): void => {
    if (!this.audio) return;
    this.positionMs = this.audio.currentTime * 1000;
    this.isPlaying = !this.audio.paused;
    for (const listener of this.listeners) listener();
  };

  subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  seek(ms: number, andPlay = false): void {
    if (!this.audio) return;
    this.audio.currentTime = Math.max(0, ms / 1000);
    // A browser may refuse to start sound before the first gesture; the position has moved either way.
    if (andPlay && this.audio.paused) this.audio.play().catch(() => {});
    this.refresh();
  }

  toggle(): void {
    if (!this.audio) return;
    if (this.audio.paused) this.audio.play().catch(() => this.refresh());
    else this.audio.pause();
  }
}

/** The turn being said at `ms`: the last that has begun, unless it is known to have ended more than two seconds ago. */
export function turnAt<T extends { offsetMs: number; durationMs: number | null }>(
  turns: readonly T[],
  ms: number,
): T | undefined {
  let found: T | undefined;
  for (const turn of turns) if (turn.offsetMs <= ms && (!found || turn.offsetMs >= found.offsetMs)) found = turn;
  if (found && found.durationMs !== null && ms > found.offsetMs + found.durationMs + 2000) return undefined;
  return found;
}
