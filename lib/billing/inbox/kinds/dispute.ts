import type { EventKind } from "../event";
import { refreshCharge } from "./charge";

export const disputeEvents: EventKind = {
  kinds: [
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
  ],
  async work(deps, event) {
    const chargeRef = await deps.port.findChargeOf({ disputeRef: event.objectRef ?? "" });
    return chargeRef ? refreshCharge(deps, chargeRef) : "gone";
  },
};
