import type { Clock } from "../http/clock";
import type { Poster } from "../http/post";
import type { Faults } from "./faults";

export interface PushMessage {
  channelId: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface PushDelivery extends PushMessage {
  attempt: number;
  at: string;
  status?: number;
  error?: string;
}

export interface Pusher {
  /** Delivers in the background, with the faults that are set. */
  send(message: PushMessage): void;
  /** Every attempt so far, the newest 1,000. */
  deliveries(): PushDelivery[];
  close(): Promise<void>;
}

const timeoutMs = 10_000;
const maxDeliveries = 1000;

/** Messages to channels. An answer of 5xx, or none, is tried again; any other ends the matter. */
export function createPusher(poster: Poster, faults: Faults, clock: Clock, retryMs = [250, 1000, 4000]): Pusher {
  const log: PushDelivery[] = [];
  const closing = new AbortController();
  const running = new Set<Promise<void>>();

  async function deliver(message: PushMessage, delayMs: number): Promise<void> {
    await clock.sleep(delayMs, closing.signal);
    for (let attempt = 1; !closing.signal.aborted; attempt++) {
      const { url, headers, body } = message;
      const outcome = await poster.post({ url, headers, body, timeoutMs, signal: closing.signal });
      const entry: PushDelivery = { ...message, attempt, at: new Date(clock.now()).toISOString() };
      if ("error" in outcome) entry.error = outcome.error;
      else entry.status = outcome.status;
      log.push(entry);
      if (log.length > maxDeliveries) log.shift();
      const isRetried = entry.status === undefined || entry.status >= 500;
      const pause = retryMs[attempt - 1];
      if (!isRetried || pause === undefined) return;
      await clock.sleep(pause, closing.signal);
    }
  }

  return {
    send(message) {
      const { delayMs, copies, drop } = faults.push();
      if (drop) return;
      for (let copy = 0; copy < copies; copy++) {
        const done = deliver(message, delayMs);
        running.add(done);
        void done.finally(() => running.delete(done));
      }
    },
    deliveries: () => [...log],
    async close() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}
