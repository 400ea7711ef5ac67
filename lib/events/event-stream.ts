import type { StreamedEvent } from "./schemas";
import { onWakeStreams } from "./wake-streams";

export type StreamTimes = {
  /** How often the database is asked when nothing wakes the stream. */
  pollMs: number;
  heartbeatMs: number;
  /** How often it is asked whether the reader may still read. */
  recheckMs: number;
  /** The stream ends by itself after this long; its reader comes back with the last id. */
  lifeMs: number;
};

export type EventStreamOptions = {
  /** Where to start: events after this place. */
  cursor: string;
  read: (cursor: string) => Promise<{ cursor: string; events: StreamedEvent[] }>;
  isAllowed: () => Promise<boolean>;
  /** The request was given up, or the process is stopping. */
  signal: AbortSignal;
  times: StreamTimes;
  onError: (error: unknown) => void;
  /** Whatever ended it. */
  onEnd?: () => void;
};

/**
 * Events as server-sent events: unnamed messages whose id is the place to resume after (WHATWG HTML, server-sent events). The first
 * message carries only that place. Ends when told to, when its time is up, when the reader may no longer read, or when reading fails;
 * a reader that comes back with the last id misses nothing.
 */
export function eventStream(options: EventStreamOptions): ReadableStream<Uint8Array> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const messages = messagesOf(options, signal);
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await messages.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      async cancel() {
        stop.abort();
        await messages.return();
        // A generator that was never started has not come by its own end.
        options.onEnd?.();
      },
    },
    // Nothing is read ahead of a reader that is slow.
    { highWaterMark: 0 },
  );
}

async function* messagesOf(options: EventStreamOptions, signal: AbortSignal): AsyncGenerator<string, void> {
  const { read, isAllowed, times } = options;
  const now = () => performance.now();
  const end = now() + times.lifeMs;
  let { cursor } = options;
  let nextBeat = now() + times.heartbeatMs;
  let nextCheck = now() + times.recheckMs;
  const alarm = new Alarm(signal);
  try {
    yield `retry: 1000\nid: ${cursor}\ndata: {}\n\n`;
    while (!signal.aborted && now() < end) {
      if (now() >= nextCheck) {
        if (!(await isAllowed())) return;
        nextCheck = now() + times.recheckMs;
      }
      const batch = await read(cursor);
      cursor = batch.cursor;
      if (batch.events.length > 0) yield batch.events.map(message).join("");
      else if (now() >= nextBeat) yield ": still here\n\n";
      else {
        await alarm.wait(Math.min(times.pollMs, Math.max(0, end - now())));
        continue;
      }
      nextBeat = now() + times.heartbeatMs;
    }
  } catch (error) {
    if (!signal.aborted) options.onError(error);
  } finally {
    alarm.off();
    options.onEnd?.();
  }
}

const message = (event: StreamedEvent): string =>
  `id: ${event.cursor}\ndata: ${JSON.stringify({
    kind: event.kind,
    id: event.id,
    subjectId: event.subjectId,
    at: event.createdAt.toISOString(),
  })}\n\n`;

/** Waits for a time, a call to wake up, or the end, whichever comes first. A call between two waits is not lost. */
class Alarm {
  private ring: (() => void) | undefined;
  private isDue = false;
  private readonly forget: () => void;

  constructor(private readonly signal: AbortSignal) {
    this.forget = onWakeStreams(this.wake);
    signal.addEventListener("abort", this.wake);
  }

  private readonly wake = () => {
    this.isDue = true;
    this.ring?.();
  };

  async wait(ms: number): Promise<void> {
    if (!this.isDue && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.ring = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.ring = undefined;
    this.isDue = false;
  }

  off(): void {
    this.forget();
    this.signal.removeEventListener("abort", this.wake);
  }
}
