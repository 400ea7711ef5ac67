import type { MeterEventState } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { type FoundItem, openItem } from "../items/keep-item";
import type { MeterRefusal } from "../ports";
import { keepEvent } from "./keep-event";

const kinds: Partial<Record<MeterRefusal, FoundItem["kind"]>> = {
  unknown_customer: "meter_unknown_customer",
  too_late: "meter_too_late",
};

const proposals: Record<MeterRefusal, string> = {
  unknown_customer: "Find out which customer the organisation is at Stripe, then send the minutes again",
  too_late: "Charge the minutes on the next invoice",
  in_future: "Check the server's clock, then send the minutes again",
  duplicate: "Nothing: they were counted",
  other: "Compare the minutes with Stripe's, then send them again or leave them",
};

/** Minutes that the engine will not count: kept with its reason, and seen by somebody. */
export async function refuseEvent(
  ctx: Context,
  event: { callId: string; revision: number; identifier: string; minutes: number },
  { why, said }: { why: MeterRefusal; said: string },
  from: readonly MeterEventState[] = ["pending", "cancelling"],
): Promise<void> {
  await inTenant(ctx, async (tx, joined) => {
    if (!(await keepEvent(ctx, tx, event, { state: "refused", problem: why }, from))) return;
    const { identifier, minutes, callId } = event;
    await openItem(joined, {
      kind: kinds[why] ?? "meter_refused",
      subject: callId,
      facts: { identifier, minutes, why, said: said.slice(0, 300) },
      proposal: proposals[why],
    });
  });
}
