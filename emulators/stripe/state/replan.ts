import { planSession } from "../checkout/sessions";
import { planInvoice } from "../invoices/keep";
import { noteCountedAgain } from "../invoices/refresh-usage";
import { planHold } from "../payments/intents";
import { planSubscription } from "../subscriptions/plan-moments";
import type { World } from "../world";
import type { Books } from "./books";

const keysKeptMs = 86_400_000;
const eventsKept = 20_000;

/** After books were read back: what is to happen to everything in them is planned anew. */
export function replan(world: World, books: Books): void {
  const now = world.clock.now();
  for (const reply of [...books.idempotent.all()]) if (now - reply.at > keysKeptMs) books.idempotent.delete(reply.id);
  for (const event of books.events.all().slice(0, -eventsKept)) books.events.delete(event.id);
  for (const clock of books.testClocks.all()) {
    if (clock.status === "advancing") clock.status = "ready";
  }
  for (const subscription of books.subscriptions.all()) planSubscription(world, books, subscription);
  for (const invoice of books.invoices.all()) {
    if (invoice.status === "draft") noteCountedAgain(books, invoice);
    planInvoice(world, books, invoice);
  }
  for (const session of books.sessions.all()) if (session.status === "open") planSession(world, books, session);
  for (const intent of books.paymentIntents.all()) planHold(world, books, intent);
}
