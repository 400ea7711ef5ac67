import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { agree, type TermsRefusal } from "./agree";
import { around, judge, type RefusalDetail, startOf, type TimeRefusal } from "./ask-for-time";
import { getBooking } from "./get-booking";
import { limitBroken } from "./limit-broken";
import { loadSchedule } from "./load-schedule";
import { loadTerms } from "./load-terms";
import { moveBlock } from "./move-block";
import { refuseTime } from "./refuse-time";
import { placeOf } from "./rules/schedule";
import { reasonOf, type Why } from "./rules/why";
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
    const override = asked.override && ctx.actor.kind === "member";
    const wanted = { ...asked, serviceId: before.serviceId, staffId: asked.staffId ?? before.staffId };
    const judged = judge(ctx, schedule, wanted, override);
    if (!judged.asked) return refuse(judged.ok ? "unknown_slot" : judged.reason, { alternatives: [] });
    const { service } = judged.asked;
    // With somebody's turn taken by then, whoever else is free moves in.
    const person = (judged.ok ? judged.choices[0].plan.team[0] : undefined) ?? judged.asked.person;
    if (service.id !== before.serviceId) return refuse("other_service", { alternatives: [], startMs });
    if (before.startMs === startMs && before.staffId === person.id) return ok(await getBooking(joined, bookingId));
    const terms = await loadTerms(ctx, tx, bookingId, "move");
    const agreed = agree(ctx, terms, { acceptedFeeCents, waive, waiveReason });
    if (judged.ok && !agreed.ok) return refuse(agreed.reason, { alternatives: [], startMs, terms });
    const { feeCents, audit } = agreed;
    if (!judged.ok) return refuseTime(joined, tx, schedule, judged, ignoring);
    const { plan } = judged.choices[0];
    const fee = { cents: feeCents, currency: terms.currency };
    const timeZone = placeOf(schedule, person).zone.name;
    const broken = override ? undefined : await limitBroken(ctx, tx, schedule, service, plan, ignoring);
    const outcome = broken ? "taken" : await moveBlock(ctx, tx, { bookingId, service, plan, timeZone, callId, fee });
    if (outcome === "gone") return refuse("not_confirmed", { alternatives: [] });
    if (outcome === "taken") {
      const why: Why = broken ?? { rule: "staff_busy", isBuffer: false };
      return refuseTime(joined, tx, schedule, { reason: reasonOf(why), why, asked: judged.asked }, ignoring);
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
