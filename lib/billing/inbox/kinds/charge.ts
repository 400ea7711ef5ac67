import { applyCharge } from "../../invoices/apply-charge";
import { contextOfCustomer, type EventKind, type InboxDeps, type Outcome } from "../event";

export async function refreshCharge(deps: InboxDeps, ref: string): Promise<Outcome> {
  const charge = await deps.port.readCharge(ref);
  if (!charge) return "gone";
  if (charge.customerRef === null) return "ignored";
  const ctx = await contextOfCustomer(deps, charge.customerRef);
  if (!ctx) return "unknown_customer";
  await applyCharge(ctx, charge);
  return "applied";
}

export const chargeEvents: EventKind = {
  kinds: ["charge.succeeded", "charge.refunded"],
  work: (deps, event) => refreshCharge(deps, event.objectRef ?? ""),
};
