import type Stripe from "stripe";
import type { Books } from "../state/books";
import type { World } from "../world";
import { createHeap, type Heap } from "./heap";

/** Invoices before subscriptions: what is due of the last period is collected before the next begins. */
export const jobOrder = { invoice: 1, subscription: 2, session: 3, payment: 4 };

export function createJobs(): { of(books: Books, testClock: string | null): Heap; all(): Heap[] } {
  const heaps = new Map<string, Heap>();
  return {
    of(books, testClock) {
      const key = `${books.account} ${testClock ?? ""}`;
      const found = heaps.get(key) ?? createHeap();
      heaps.set(key, found);
      return found;
    },
    all: () => [...heaps.entries()].flatMap(([key, heap]) => (key.endsWith(" ") ? [heap] : [])),
  };
}

/**
 * Does what is due on a test clock until `to`, in order, the clock standing at each job's own moment; for at most `budgetMs`,
 * so that requests are answered meanwhile. True when all is done.
 */
export function runTestClock(
  world: World,
  books: Books,
  clock: Stripe.TestHelpers.TestClock,
  to: number,
  budgetMs: number,
): boolean {
  const until = performance.now() + budgetMs;
  const heap = world.jobs(books, clock.id);
  for (let at = heap.next(); at !== undefined && at <= to; at = heap.next()) {
    if (performance.now() > until) return false;
    clock.frozen_time = Math.max(clock.frozen_time, at);
    heap.pop()?.run(clock.frozen_time);
  }
  clock.frozen_time = to;
  books.testClocks.save(clock);
  return true;
}

/** The same for the emulator's own time, which stands still meanwhile if `setTo` is given. */
export function runOwnTime(heaps: Heap[], to: number, setTo?: (seconds: number) => void): void {
  for (;;) {
    let first: Heap | undefined;
    for (const heap of heaps) {
      const at = heap.next();
      if (at !== undefined && at <= to && at < (first?.next() ?? Number.POSITIVE_INFINITY)) first = heap;
    }
    const job = first?.pop();
    if (!job) return;
    setTo?.(job.at);
    job.run(job.at);
  }
}

export function schedule(
  world: World,
  books: Books,
  testClock: string | null | undefined,
  job: { at: number; order: number; run: (at: number) => void },
): void {
  world.jobs(books, testClock ?? null).push(job);
}
