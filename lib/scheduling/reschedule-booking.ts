import { sql } from "drizzle-orm";
import { constraintOf, inTenant, withSavepoint } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { agree, type TermsRefusal } from "./agree";
import { around, judge, type RefusalDetail, startOf, type TimeRefusal } from "./ask-for-time";
import { getBooking } from "./get-booking";
import { freeHolds } from "./insert-block";
import { loadSchedule } from "./load-schedule";
import { loadTerms } from "./load-terms";
import { alternativesTo } from "./offers";
import { MINUTE_MS } from "./rules/civil";
import { blockOf } from "./rules/schedule";
import { type Booking, type ChangeTerms, type RescheduleBookingInput, rescheduleBookingInput } from "./schemas";

export type RescheduleRefusal = TimeRefusal | TermsRefusal | "not_confirmed" | "other_service";

/**
 * Moves a confirmed booking to another start, and to another person if one is named; the old time is free in the same instant, or nothing
 * has changed. A slot must be one of the booking's own service. Refusals: as for booking, `not_confirmed` (cancelled or over),
 * `other_service`, and by the cancellation policy where it covers moving `past_deadline`, `fee_applies` (accept the fee that `detail.terms` names)
 and `waive_reason_missing`. Throws `not_found`.
 */
export async function rescheduleBooking(
  ctx: Context,
  input: RescheduleBookingInput,
): Promise<Result<Booking, RescheduleRefusal, RefusalDetail & { terms?: ChangeTerms }>> {
  authorise(ctx, "bookings.write");
  const { bookingId, callId, acceptedFeeCents, waive, waiveReason, ...asked } = parse(rescheduleBookingInput, input);
  const startMs = startOf(asked);
  if (startMs === undefined) return refuse("unknown_slot", { alternatives: [] });
  return inTenant(ctx, async (tx, joined) => {
    const ignoring = { callId, movingId: bookingId };
    const schedule = await loadSchedule(ctx, tx, { busy: around(startMs), ...ignoring });
    const before = schedule.booking;
    if (!before || before.status === "held") throw notFound("This booking");
    if (before.status !== "confirmed") return refuse("not_confirmed", { alternatives: [] });
    const judged = judge(
      ctx,
      schedule,
      { ...asked, serviceId: before.serviceId, staffId: asked.staffId ?? before.staffId },
      asked.override && ctx.actor.kind === "member",
    );
    if (!judged.asked) return refuse(judged.ok ? "unknown_slot" : judged.reason, { alternatives: [] });
    const { service, person } = judged.asked;
    if (service.id !== before.serviceId) return refuse("other_service", { alternatives: [], startMs });
    if (before.startMs === startMs && before.staffId === person.id) return ok(await getBooking(joined, bookingId));
    const terms = await loadTerms(ctx, tx, bookingId, "move");
    const agreed = agree(ctx, terms, { acceptedFeeCents, waive, waiveReason });
    if (judged.ok && !agreed.ok) return refuse(agreed.reason, { alternatives: [], startMs, terms });
    const { feeCents, audit } = agreed;
    const occupied = blockOf(service, startMs);
    const move = () =>
      tx.execute(sql`
        with freed as (${freeHolds(ctx, person.id, occupied, { callId })} returning id)
        update bookings set staff_id = ${person.id}, starts_at = ${new Date(startMs).toISOString()}::timestamptz,
          ends_at = ${new Date(startMs + service.durationMinutes * MINUTE_MS).toISOString()}::timestamptz,
          block_start_ms = ${occupied.startMs}::bigint, block_end_ms = ${occupied.endMs}::bigint, time_zone = ${schedule.zone.name},
          fee_cents = fee_cents + ${feeCents}::integer, fee_currency = case when ${feeCents}::integer > 0 then ${terms.currency} else fee_currency end,
          updated_at = ${ctx.clock.now().toISOString()}::timestamptz
        where org_id = ${ctx.orgId} and id = ${bookingId} and status = 'confirmed' and (select count(*) from freed) >= 0`);
    const moved = judged.ok && (await unlessTaken(() => withSavepoint(tx, move)));
    if (!moved) {
      const alternatives = await alternativesTo(ctx, tx, schedule, { service, staffId: person.id, startMs }, ignoring);
      return refuse(judged.ok ? "slot_taken" : judged.reason, { alternatives, startMs });
    }
    const from = new Date(before.startMs).toISOString();
    const to = new Date(startMs).toISOString();
    const staff = { from: schedule.staff.find((each) => each.id === before.staffId)?.name, to: person.name };
    await recordChange(ctx, tx, {
      action: "booking.rescheduled",
      subject: { kind: "booking", id: bookingId },
      changes: { startsAt: { from, to }, ...(before.staffId === person.id ? {} : { staff }), ...audit },
      payload: {
        bookingId,
        staffId: person.id,
        startsAt: to,
        previousStartsAt: from,
        previousStaffId: before.staffId,
        callId: callId ?? null,
        feeCents,
      },
    });
    return ok(await getBooking(joined, bookingId));
  });
}

/** False when the overlap constraint spoke against it; every other error stays one. */
export async function unlessTaken(fn: () => Promise<unknown>): Promise<boolean> {
  try {
    await fn();
    return true;
  } catch (error) {
    if (constraintOf(error) === "bookings_no_overlap") return false;
    throw error;
  }
}
