import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { agree, type TermsRefusal } from "./agree";
import { cancelBooking } from "./cancel-booking";
import { loadSiblings } from "./load-siblings";
import { type Booking, type CancelSeriesInput, type ChangeTerms, cancelSeriesInput } from "./schemas";
import { endSeries, firstDateOf } from "./split-series";

/**
 * Cancels one booking, it and those that follow, or all of its series that are to come: all of them or none. The series then ends before
 * the first of them. By the policy the fees add up
 * to the one in `detail`, which has to be accepted; if a single one is past its deadline nothing is cancelled. Refusals: `already_over`
 * (nothing is left to cancel) and those of the policy. Throws `not_found`.
 */
export async function cancelSeries(
  ctx: Context,
  input: CancelSeriesInput,
): Promise<Result<Booking[], "already_over" | TermsRefusal, ChangeTerms>> {
  authorise(ctx, "bookings.write");
  const { bookingId, scope, reason, callId, ...consent } = parse(cancelSeriesInput, input);
  return inTenant(ctx, async (tx, joined) => {
    if (scope === "one") {
      const one = await cancelBooking(joined, { bookingId, reason, callId, ...consent });
      return one.ok ? ok([one.value]) : one;
    }
    const { anchor, siblings, together } = await loadSiblings(joined, bookingId, scope, "cancel");
    if (siblings.length === 0) return refuse("already_over", together);
    const ids = [...siblings.map(({ id }) => id), ...(scope === "following" ? [anchor.id] : [])];
    const fromOn = anchor.seriesId === null ? undefined : await firstDateOf(ctx, tx, ids);
    const agreed = agree(ctx, together, consent);
    if (!agreed.ok) return refuse(agreed.reason, together);
    const cancelled: Booking[] = [];
    for (const { id, terms } of siblings) {
      const own = { ...consent, acceptedFeeCents: terms.feeCents };
      const result = await cancelBooking(joined, { bookingId: id, reason, callId, ...own });
      // Their rows are locked since the terms were read: nothing can have come between.
      if (!result.ok) throw new Error(`a booking of a series was not cancelled: ${result.reason}`);
      cancelled.push(result.value);
    }
    if (anchor.seriesId && fromOn !== undefined) {
      await endSeries(ctx, tx, { seriesId: anchor.seriesId, fromOn });
      await recordChange(ctx, tx, {
        action: "series.cancelled",
        subject: { kind: "series", id: anchor.seriesId },
        changes: { which: scope, cancelled: cancelled.length, ...agreed.audit },
        payload: { seriesId: anchor.seriesId, bookingIds: cancelled.map(({ id }) => id), callId: callId ?? null },
      });
    }
    return ok(cancelled);
  });
}
