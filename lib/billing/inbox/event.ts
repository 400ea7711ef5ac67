import { findCustomer } from "@/db/system";
import type { Context } from "@/lib/platform/context";
import type { BillingEvent, BillingPort } from "../ports";

/** A stored event while it is worked on. `readingNo` was taken after it was stored and before anything is read for it. */
export type OpenEvent = Pick<BillingEvent, "id" | "kind" | "objectRef" | "customerRef"> & {
  attempts: number;
  receivedAt: Date;
  readingNo: bigint;
};

/**
 * What came of an event. "ignored": nothing of ours. "gone": what it is about is not there any more. "not_ours": a subscription to something
 * that is not sold here. "unknown_customer": nobody here is that customer, yet.
 */
export type Outcome = "applied" | "ignored" | "gone" | "not_ours" | "unknown_customer";

export type InboxDeps = Pick<Context, "database" | "log"> & {
  port: BillingPort;
  contextOf(orgId: string): Context;
};

/** In the organisation that a customer is; undefined for nobody here. */
export async function contextOfCustomer(deps: InboxDeps, customerRef: string): Promise<Context | undefined> {
  const orgId = await findCustomer(deps.database, customerRef);
  return orgId === undefined ? undefined : deps.contextOf(orgId);
}

/** Kinds of events that are worked on alike. Repeating it, and doing it for an older event after a newer one, changes nothing. */
export type EventKind = {
  kinds: readonly string[];
  /** Each event by itself: what it says is not read from what it is about. */
  isEachRead?: true;
  work(deps: InboxDeps, event: OpenEvent): Promise<Outcome>;
};
