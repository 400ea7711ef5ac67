import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { around, judge, type RefusalDetail, startOf, type TimeRefusal } from "./ask-for-time";
import { sourceOf } from "./book-appointment";
import { loadSchedule } from "./load-schedule";
import { placeBlock } from "./place-block";
import { refuseTime } from "./refuse-time";
import { MINUTE_MS } from "./rules/civil";
import { placeOf } from "./rules/schedule";
import { reasonOf } from "./rules/why";

/** Of a time that was offered to somebody who waits for it; a caller on the line is given the usual five. */
const LONGEST_MINUTES = 120;

/** `timeZone`: of the place where it is, in which it is said. */
export type Hold = {
  id: string;
  startMs: number;
  timeZone: string;
  serviceId: string;
  staffId: string;
  expiresAt: Date;
};

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
  return inTenant(ctx, async (tx, joined) => {
    const { callId } = input;
    const schedule = await loadSchedule(ctx, tx, { busy: around(startMs), callId });
    const judged = judge(ctx, schedule, { slot: input.slot }, false);
    if (!judged.ok) return refuseTime(joined, tx, schedule, judged, { callId });
    const minutes = Math.min(Math.max(input.minutes ?? 5, 1), LONGEST_MINUTES);
    const id = newId("booking");
    const expiresAt = new Date(ctx.clock.now().getTime() + minutes * MINUTE_MS);
    const block = { id, callId, holdExpiresAt: expiresAt, status: "held" as const, source: sourceOf(ctx) };
    const placed = await placeBlock(ctx, tx, schedule, judged, block);
    if (!placed.ok)
      return refuseTime(
        joined,
        tx,
        schedule,
        { reason: reasonOf(placed.why), why: placed.why, asked: judged.asked },
        { callId },
      );
    const { service } = placed;
    const person = placed.choice.plan.team[0] ?? judged.asked.person;
    const timeZone = placeOf(schedule, person).zone.name;
    const hold: Hold = { id, startMs, timeZone, serviceId: service.id, staffId: person.id, expiresAt };
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
