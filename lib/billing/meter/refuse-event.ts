import { sql } from "drizzle-orm";
import type { MeterEventState } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { type FoundItem, openItem } from "../items/keep-item";
import type { MeterRefusal } from "../ports";
import { keepEvent } from "./keep-event";

/** What one cause keeps from being counted, however many calls it concerns; what came too late costs each call something else. */
type Cause = Exclude<MeterRefusal, "too_late">;

const proposals: Record<Cause, string> = {
  unknown_customer: "Find out which customer the organisation is at Stripe, then send the minutes again",
  inactive: "Make the meter active at Stripe (npm run billing:sync); the minutes are then sent again by themselves",
  in_future: "Check the server's clock, then send the minutes again",
  duplicate: "Nothing: they were counted",
  other: "Compare the minutes with Stripe's, then send them again or leave them",
};

/** The one open item of an organisation's that stands for a cause. */
export const itemOf = ({ orgId }: Context, why: Cause): Pick<FoundItem, "kind" | "subject"> =>
  why === "unknown_customer"
    ? { kind: "meter_unknown_customer", subject: orgId }
    : { kind: "meter_refused", subject: `${orgId} ${why}` };

/** Minutes that the engine will not count: kept with its reason, and seen by somebody. */
export async function refuseEvent(
  ctx: Context,
  event: { callId: string; revision: number; identifier: string; minutes: number },
  { why, said }: { why: MeterRefusal; said: string },
  from: readonly MeterEventState[] = ["pending", "cancelling"],
): Promise<void> {
  await inTenant(ctx, async (tx, joined) => {
    if (!(await keepEvent(ctx, tx, event, { state: "refused", problem: why }, from))) return;
    const told = { why, said: said.slice(0, 300) };
    if (why !== "too_late") return tellCause(joined, why, told);
    const { identifier, minutes, callId } = event;
    await openItem(joined, {
      kind: "meter_too_late",
      subject: callId,
      facts: { identifier, minutes, ...told },
      proposal: "Charge the minutes on the next invoice",
    });
  });
}

/** With how many events it keeps back by now, and since when it was last heard of. */
async function tellCause(ctx: Context, why: Cause, told: { why: string; said: string }): Promise<void> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select count(*)::int as events, coalesce(sum(minutes), 0)::int as minutes from meter_events
      where org_id = ${ctx.orgId} and state = 'refused' and problem = ${why}`),
  );
  const { events, minutes } = rows[0] as { events: number; minutes: number };
  const lastAt = ctx.clock.now().toISOString();
  await openItem(ctx, { ...itemOf(ctx, why), facts: { ...told, events, minutes, lastAt }, proposal: proposals[why] });
}

/** Minutes that a cause kept back wait again; the engine may know the identifier of before, so that each gets another, ending in `suffix`. */
export async function requeueRefused(ctx: Context, why: string, suffix: string): Promise<void> {
  const now = sql`${ctx.clock.now().toISOString()}::timestamptz`;
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update meter_events set state = 'pending', problem = null, tried_at = null, next_attempt_at = ${now}, updated_at = ${now},
        identifier = call_id || '_' || revision || '_' || ${suffix}::text
      where org_id = ${ctx.orgId} and state = 'refused' and problem = ${why}`),
  );
}
