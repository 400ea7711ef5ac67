import type Stripe from "stripe";
import type { Clock } from "../http/clock";
import type { Heap } from "./clock/heap";
import type { Faults } from "./faults";
import type { Settings } from "./settings";
import type { Books } from "./state/books";

/** The request that is being answered, for the events it causes. */
export interface Cause {
  requestId: string;
  idempotencyKey: string | null;
}

/** What an object does when its moment has come or its money; given from above, so that no part needs one above it. */
export interface Due {
  invoice(books: Books, invoice: Stripe.Invoice): void;
  subscription(books: Books, subscription: Stripe.Subscription, at: number): void;
  invoicePaid(books: Books, invoice: Stripe.Invoice): void;
  invoiceFailed(books: Books, invoice: Stripe.Invoice, failure: InvoiceFailure): void;
}

export interface InvoiceFailure {
  /** Nothing was granted yet that could be past due. */
  isFirst: boolean;
  /** It is not tried again. */
  isOver: boolean;
}

/** What all parts of the emulator share. */
export interface World {
  platform: string;
  /** The emulator's own time; test clocks have theirs. */
  clock: Clock;
  /** Moves the emulator's own time forward. */
  skip(seconds: number): void;
  settings: Settings;
  faults: Faults;
  origin(): string;
  books(account?: string): Books;
  allBooks(): Books[];
  /** Jobs by account and test clock; "" is the emulator's own time. */
  jobs(books: Books, testClock: string | null): Heap;
  cause: Cause | undefined;
  due: Due;
  /** Writes what changed, and plans the next moment of the emulator's own time. */
  afterRequest(): void;
  /** Told of every event that is recorded. */
  onEvent(books: Books, eventId: string): void;
}

export const nowOf = (world: World, books: Books, testClock: string | null | undefined): number => {
  const frozen = testClock ? books.testClocks.get(testClock)?.frozen_time : undefined;
  return frozen ?? Math.floor(world.clock.now() / 1000);
};
