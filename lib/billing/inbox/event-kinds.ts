import type { EventKind } from "./event";
import { chargeEvents } from "./kinds/charge";
import { checkoutEvents } from "./kinds/checkout";
import { creditNoteEvents } from "./kinds/credit-note";
import { disputeEvents } from "./kinds/dispute";
import { invoiceEvents } from "./kinds/invoice";
import { meterErrorEvents } from "./kinds/meter-errors";
import { refundEvents } from "./kinds/refund";
import { subscriptionEvents } from "./kinds/subscription";

const all: readonly EventKind[] = [
  checkoutEvents,
  subscriptionEvents,
  invoiceEvents,
  chargeEvents,
  refundEvents,
  creditNoteEvents,
  disputeEvents,
  meterErrorEvents,
];

const byKind = new Map(all.flatMap((each) => each.kinds.map((kind) => [kind, each] as const)));

/** What the engine is to be asked to tell, the second in thin events; of everything else is taken note and nothing done. */
export const billingEventKinds = {
  full: [...byKind.keys()].filter((kind) => !meterErrorEvents.kinds.includes(kind)),
  thin: meterErrorEvents.kinds,
};

export const eventKindOf = (kind: string): EventKind | undefined => byKind.get(kind);
