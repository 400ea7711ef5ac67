import type Stripe from "stripe";
import { listPage } from "../answers/list";
import { type Call, type Handlers, handler, need } from "../call";
import { invalid, StripeError } from "../errors";
import { recordEvent } from "../events/record-event";
import type { Books } from "../state/books";
import { newId } from "../state/ids";
import { nowOf, type World } from "../world";
import { runTestClock } from "./run-jobs";

const url = "/v1/test_helpers/test_clocks";
const keptFor = 30 * 86_400;
const sliceMs = 40;
/** From 2000 to 2100. */
const [earliest, latest] = [946_684_800, 4_102_444_800];

function checkTime(seconds: number): void {
  if (seconds < earliest || seconds > latest)
    throw invalid("Invalid timestamp: must be an integer Unix timestamp.", "frozen_time", "parameter_invalid_integer");
}

export const testClockHandlers: Handlers<
  | "TestHelpers/TestClocks.create"
  | "TestHelpers/TestClocks.retrieve"
  | "TestHelpers/TestClocks.del"
  | "TestHelpers/TestClocks.list"
  | "TestHelpers/TestClocks.advance"
> = {
  "TestHelpers/TestClocks.create": handler<Stripe.TestHelpers.TestClockCreateParams>(({ world, books, params }) => {
    checkTime(params.frozen_time);
    const created = nowOf(world, books, null);
    const clock: Stripe.TestHelpers.TestClock = {
      id: newId("clock"),
      object: "test_helpers.test_clock",
      created,
      deletes_after: created + keptFor,
      frozen_time: params.frozen_time,
      livemode: false,
      name: params.name ?? null,
      status: "ready",
      status_details: {},
    };
    books.testClocks.save(clock);
    recordEvent(world, books, "test_helpers.test_clock.created", clock);
    return clock;
  }),
  "TestHelpers/TestClocks.retrieve": ({ books, ids }) => need(books.testClocks, ids.id, "testclock"),
  "TestHelpers/TestClocks.del": ({ world, books, ids }: Call) => {
    const clock = need(books.testClocks, ids.id, "testclock");
    for (const customer of books.customers.all().filter(({ test_clock: of }) => of === clock.id)) {
      for (const subscription of books.subscriptions.all("customer", customer.id))
        books.subscriptions.delete(subscription.id);
      books.customers.delete(customer.id);
      books.deletedCustomers.save({ id: customer.id });
    }
    books.testClocks.delete(clock.id);
    recordEvent(world, books, "test_helpers.test_clock.deleted", clock);
    return { id: clock.id, object: "test_helpers.test_clock", deleted: true };
  },
  "TestHelpers/TestClocks.list": handler<Stripe.TestHelpers.TestClockListParams>(({ books, params }) =>
    listPage(books.testClocks, params, { url }),
  ),
  "TestHelpers/TestClocks.advance": handler<Stripe.TestHelpers.TestClockAdvanceParams>(advance),
};

/** Answers `advancing` and does the work right after, in order, as Stripe does; the clock is `ready` when all has happened. */
function advance({ world, books, params, ids }: Call<Stripe.TestHelpers.TestClockAdvanceParams>): object {
  const clock = need(books.testClocks, ids.id, "testclock");
  if (clock.status === "advancing")
    throw new StripeError(429, "The test clock is still advancing.", {
      code: "lock_timeout",
      type: "invalid_request_error",
    });
  checkTime(params.frozen_time);
  if (params.frozen_time <= clock.frozen_time)
    throw invalid("frozen_time must be after the clock's current time.", "frozen_time", "parameter_invalid_integer");
  clock.status = "advancing";
  clock.status_details = { advancing: { target_frozen_time: params.frozen_time } };
  books.testClocks.save(clock);
  recordEvent(world, books, "test_helpers.test_clock.advancing", clock);
  setImmediate(() => goOn(world, books, clock, params.frozen_time));
  return { ...clock, status_details: { ...clock.status_details } };
}

function goOn(world: World, books: Books, clock: Stripe.TestHelpers.TestClock, to: number): void {
  // Deleted meanwhile, or the emulator was told to forget it.
  if (books.testClocks.get(clock.id) !== clock) return;
  try {
    if (!runTestClock(world, books, clock, to, sliceMs)) {
      world.afterRequest();
      setImmediate(() => goOn(world, books, clock, to));
      return;
    }
    clock.status = "ready";
  } catch (error) {
    console.error("test clock", clock.id, error);
    clock.status = "internal_failure";
  }
  clock.status_details = {};
  books.testClocks.save(clock);
  recordEvent(world, books, `test_helpers.test_clock.${clock.status}`, clock);
  world.afterRequest();
}
