import type { EventKind } from "../event";
import { refreshCharge } from "./charge";

export const refundEvents: EventKind = {
  kinds: ["refund.created", "refund.updated", "refund.failed", "charge.refund.updated"],
  async work(deps, event) {
    const chargeRef = await deps.port.findChargeOf({ refundRef: event.objectRef ?? "" });
    return chargeRef ? refreshCharge(deps, chargeRef) : "gone";
  },
};
