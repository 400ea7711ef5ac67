import { createHmac } from "node:crypto";
import { systemClock } from "../../http/clock";
import type { Poster } from "../../http/post";
import { type SeededRandom, seededRandom } from "../../http/seeded-random";
import type { Books, EventRecord } from "../state/books";
import type { World } from "../world";

export interface Delivery {
  eventId: string;
  type: string;
  endpoint: string;
  attempt: number;
  at: string;
  status?: number;
  error?: string;
}

export interface Deliverer {
  take(books: Books, event: EventRecord): void;
  /** Sends an event again, as the dashboard's button does. */
  resend(books: Books, event: EventRecord, copies: number): number;
  /** Every attempt, the newest 5,000. */
  log(): Delivery[];
  /** Resolves when nothing waits any more, retries included unless they are more than `patienceMs` away. */
  settled(timeoutMs: number): Promise<boolean>;
  waiting(): number;
  close(): Promise<void>;
}

interface Order {
  books: Books;
  endpoint: string;
  event: EventRecord;
}

const timeoutMs = 20_000;
const maxLog = 5000;

/** `t=<seconds>,v1=<HMAC-SHA256 of "t.body">`, as Stripe signs; the time of the real clock, which receivers compare with theirs. */
function signatureHeader(secrets: string[], body: string, atMs: number): string {
  const t = Math.floor(atMs / 1000);
  const sign = (secret: string) => createHmac("sha256", secret).update(`${t}.${body}`).digest("hex");
  return [`t=${t}`, ...secrets.map((secret) => `v1=${sign(secret)}`)].join(",");
}

export function createDeliverer(world: World, poster: Poster): Deliverer {
  const closing = new AbortController();
  const log: Delivery[] = [];
  const queue: Order[] = [];
  let held: Order[] = [];
  const running = new Set<Promise<void>>();
  const timers = new Set<NodeJS.Timeout>();
  let random: SeededRandom = seededRandom(1);
  let isShuffling = false;
  let started = 0;

  world.faults.onChange(() => {
    const faults = world.faults.state().webhooks;
    if (isShuffling) held = random.shuffle(held);
    isShuffling = (faults?.shuffle ?? 0) > 0;
    random = seededRandom(faults?.seed ?? 1);
    if (!faults?.hold && !faults?.shuffle) release();
  });

  function release(): void {
    const orders = held;
    held = [];
    queue.push(...orders);
    pump();
  }

  function enqueue(order: Order): void {
    const faults = world.faults.state().webhooks;
    if (!faults) {
      queue.push(order);
      pump();
      return;
    }
    if (random.chance(faults.drop)) return;
    const copies = random.chance(faults.duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      if (faults.hold) held.push(order);
      else if (faults.shuffle > 0) {
        held.push(order);
        if (held.length >= faults.shuffle) {
          held = random.shuffle(held);
          release();
        }
      } else if (faults.delay && random.chance(faults.delay.chance)) {
        later(random.between(0, faults.delay.maxMs), order, 1);
      } else queue.push(order);
    }
    pump();
  }

  function later(ms: number, order: Order, attempt: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      start(order, attempt);
    }, ms);
    timers.add(timer);
  }

  function pump(): void {
    // After the answer of the request that caused them, as with Stripe.
    setImmediate(() => {
      while (started < world.settings.webhookConcurrency) {
        const order = queue.shift();
        if (!order) return;
        start(order, 1);
      }
    });
  }

  function start(order: Order, attempt: number): void {
    if (closing.signal.aborted) return;
    started += 1;
    const done = deliver(order, attempt).finally(() => {
      started -= 1;
      running.delete(done);
      pump();
    });
    running.add(done);
  }

  async function deliver(order: Order, attempt: number): Promise<void> {
    const endpoint = order.books.webhookEndpoints.get(order.endpoint);
    if (endpoint?.status !== "enabled") return;
    const body = bodyOf(order.event);
    const headers = {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
      "stripe-signature": signatureHeader(endpoint.signingSecret.split(" "), body, systemClock.now()),
    };
    const outcome = await poster.post({ url: endpoint.url, headers, body, timeoutMs, signal: closing.signal });
    if (closing.signal.aborted) return;
    const entry: Delivery = {
      eventId: order.event.id,
      type: order.event.type,
      endpoint: endpoint.id,
      attempt,
      at: new Date(systemClock.now()).toISOString(),
      ...("error" in outcome ? { error: outcome.error } : { status: outcome.status }),
    };
    log.push(entry);
    if (log.length > maxLog) log.shift();
    const isTaken = entry.status !== undefined && entry.status >= 200 && entry.status < 300;
    const pause = world.settings.webhookRetryMs[attempt - 1];
    if (!isTaken && pause !== undefined) later(pause, order, attempt + 1);
  }

  function endpointsFor(books: Books, event: EventRecord): string[] {
    return books.webhookEndpoints
      .all()
      .filter((endpoint) => endpoint.status === "enabled" && Boolean(endpoint.isThin) === event.isThin)
      .filter(({ enabled_events: wanted }) => wanted.includes("*") || wanted.includes(event.type))
      .map(({ id }) => id);
  }

  return {
    take(books, event) {
      for (const endpoint of endpointsFor(books, event)) enqueue({ books, endpoint, event });
    },
    resend(books, event, copies) {
      const endpoints = endpointsFor(books, event);
      for (const endpoint of endpoints)
        for (let copy = 0; copy < copies; copy++) queue.push({ books, endpoint, event });
      pump();
      return endpoints.length * copies;
    },
    log: () => [...log],
    waiting: () => queue.length + held.length + running.size + timers.size,
    async settled(limitMs) {
      const until = systemClock.now() + limitMs;
      while (queue.length + running.size + timers.size > 0) {
        if (systemClock.now() >= until) return false;
        await systemClock.sleep(5);
      }
      return true;
    },
    async close() {
      closing.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.allSettled(running);
    },
  };
}

/** What is sent of a thin event is without its data. */
function bodyOf(event: EventRecord): string {
  if (!event.isThin) return event.text;
  const { data: _, ...told } = JSON.parse(event.text) as Record<string, unknown>;
  return JSON.stringify(told);
}
