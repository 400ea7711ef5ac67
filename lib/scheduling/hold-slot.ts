import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { around, judge, type RefusalDetail, startOf, type TimeRefusal } from "./ask-for-time";
import { sourceOf } from "./book-appointment";
import { insertBlock } from "./insert-block";
import { loadSchedule } from "./load-schedule";
import { alternativesTo } from "./offers";
import { MINUTE_MS } from "./rules/civil";

export type Hold = { id: string; startMs: number; serviceId: string; staffId: string; expiresAt: Date };

/**
 * Keeps a slot for `minutes` (default 5) so that nobody else gets it while a caller decides. A call holds one time: a new hold lets the old
 * one go, and booking consumes it. It expires by itself; nothing has to clean it up. Refusals: as for booking, with alternatives.
 */
export async function holdSlot(
  ctx: Context,
  input: { slot: string; callId?: string | undefined; minutes?: number },
): Promise<Result<Hold, TimeRefusal, RefusalDetail>> {
  authorise(ctx, "bookings.write");
  const startMs = startOf(input);
  if (startMs === undefined) return refuse("unknown_slot", { alternatives: [] });
  return inTenant(ctx, async (tx) => {
    const { callId } = input;
    const schedule = await loadSchedule(ctx, tx, { busy: around(startMs), callId });
    const judged = judge(ctx, schedule, { slot: input.slot }, false);
    if (!judged.asked) return refuse(judged.ok ? "unknown_slot" : judged.reason, { alternatives: [] });
    const { service, person } = judged.asked;
    const hold: Hold = {
      id: newId("booking"),
      startMs,
      serviceId: service.id,
      staffId: person.id,
      expiresAt: new Date(ctx.clock.now().getTime() + Math.min(Math.max(input.minutes ?? 5, 1), 30) * MINUTE_MS),
    };
    const block = { ...hold, service, timeZone: schedule.zone.name, callId, holdExpiresAt: hold.expiresAt };
    const isHeld = judged.ok && (await insertBlock(ctx, tx, { ...block, status: "held", source: sourceOf(ctx) }));
    if (!isHeld) {
      const alternatives = await alternativesTo(
        ctx,
        tx,
        schedule,
        { service, staffId: person.id, startMs },
        { callId },
      );
      return refuse(judged.ok ? "slot_taken" : judged.reason, { alternatives, startMs });
    }
    await recordChange(ctx, tx, {
      action: "booking.held",
      subject: { kind: "booking", id: hold.id },
      changes: { service: service.name, staff: person.name, startsAt: new Date(startMs).toISOString() },
      payload: {
        bookingId: hold.id,
        staffId: person.id,
        callId: callId ?? null,
        expiresAt: hold.expiresAt.toISOString(),
      },
    });
    return ok(hold);
  });
}
