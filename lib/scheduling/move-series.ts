import type { z } from "zod";
import type { Tx } from "@/db/client";
import { inTenant, withSavepoint } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { agree } from "./agree";
import { startOf } from "./ask-for-time";
import { loadSiblings, type Sibling } from "./load-siblings";
import { type RescheduleRefusal, rescheduleBooking } from "./reschedule-booking";
import { isoOf } from "./rules/civil";
import { isoInZone, sayInstant } from "./rules/speak";
import { localDayOf, localMinuteOf, toInstant, zoneOf } from "./rules/zone";
import {
  type Booking,
  type ChangeTerms,
  type MoveSeriesInput,
  moveSeriesInput,
  type SeriesOccurrence,
  type SlotOffer,
} from "./schemas";
import { firstDateOf, splitSeries } from "./split-series";

/** `not_all_free`: nothing was moved, `occurrences` says which could not be; `none_free`: not one of them. */
export type MoveSeriesRefusal = RescheduleRefusal | "not_all_free" | "none_free";
export type MoveSeriesDetail = {
  alternatives: SlotOffer[];
  startMs?: number | undefined;
  terms?: ChangeTerms;
  occurrences?: SeriesOccurrence[];
};

type Moved = { moved: Booking[]; occurrences: SeriesOccurrence[] };

/**
 * Moves one booking, it and those that follow, or all of its series that are to come, by as many days as the one named moves and to its new
 * time of day on the business's wall clock. Dates before those stay with the series; those from there on are one of their own that goes on
 * for it, with what could not be moved as exceptions at their old time. `mode` "all" moves all or none, "free" leaves those that cannot be moved. One transaction, each
 * through the same verb as a single move. The fees of the policy add up and must be accepted together. Throws `not_found`.
 */
export async function moveSeries(
  ctx: Context,
  input: MoveSeriesInput,
): Promise<Result<Moved, MoveSeriesRefusal, MoveSeriesDetail>> {
  authorise(ctx, "bookings.write");
  const asked = parse(moveSeriesInput, input);
  const { bookingId, scope, mode: _, ...single } = asked;
  return inTenant(ctx, async (tx, joined) => {
    if (scope === "one") {
      const one = await rescheduleBooking(joined, { bookingId, ...single });
      return one.ok ? ok({ moved: [one.value], occurrences: [] }) : one;
    }
    const startMs = startOf(asked);
    if (startMs === undefined) return refuse("unknown_slot", { alternatives: [] });
    const { anchor, siblings, together } = await loadSiblings(joined, bookingId, scope, "move");
    if (anchor.status !== "confirmed" || siblings.length === 0) return refuse("not_confirmed", { alternatives: [] });
    const agreed = agree(ctx, together, asked);
    if (!agreed.ok) return refuse(agreed.reason, { alternatives: [], startMs, terms: together });
    try {
      return ok(await withSavepoint(tx, () => moveAll(joined, tx, asked, anchor, siblings, startMs)));
    } catch (error) {
      if (error instanceof NotMoved)
        return refuse(error.reason, { alternatives: [], startMs, occurrences: error.occurrences });
      throw error;
    }
  });
}

/** Undoes what was moved so far. */
class NotMoved extends Error {
  constructor(
    readonly reason: "not_all_free" | "none_free",
    readonly occurrences: SeriesOccurrence[],
  ) {
    super(reason);
  }
}

async function moveAll(
  ctx: Context,
  tx: Tx,
  asked: z.output<typeof moveSeriesInput>,
  anchor: Booking,
  siblings: readonly Sibling[],
  startMs: number,
): Promise<Moved> {
  const zone = zoneOf(anchor.timeZone);
  const days = localDayOf(zone, startMs) - localDayOf(zone, anchor.startsAt.getTime());
  const minute = localMinuteOf(zone, startMs);
  const moved: Booking[] = [];
  const occurrences: SeriesOccurrence[] = [];
  // Later ones make room first when the series moves on, earlier ones when it moves back.
  const inOrder = startMs > anchor.startsAt.getTime() ? siblings.toReversed() : siblings;
  for (const sibling of inOrder) {
    const day = localDayOf(zone, sibling.startsAt.getTime()) + days;
    const toMs = toInstant(zone, day, minute);
    const startsAt = isoInZone(zone, toMs);
    const time = sibling.id === anchor.id && asked.slot ? { slot: asked.slot } : { startsAt };
    const result = await rescheduleBooking(ctx, {
      bookingId: sibling.id,
      ...time,
      staffId: asked.staffId,
      callId: asked.callId,
      override: asked.override,
      waive: asked.waive,
      waiveReason: asked.waiveReason,
      acceptedFeeCents: sibling.terms.feeCents,
    });
    if (result.ok) moved.push(result.value);
    occurrences.push({
      onDate: isoOf(day),
      startMs: toMs,
      startsAt,
      say: sayInstant(zone, toMs, ctx.clock.now().getTime()),
      isMoved: localMinuteOf(zone, toMs) !== minute,
      reason: result.ok ? undefined : result.reason,
      why: result.ok ? undefined : result.detail.say,
      alternatives: result.ok ? [] : result.detail.alternatives,
    });
  }
  const inTime = occurrences.toSorted((a, b) => a.startMs - b.startMs);
  const [first] = moved;
  if (!first) throw new NotMoved("none_free", inTime);
  if (asked.mode === "all" && moved.length < siblings.length) throw new NotMoved("not_all_free", inTime);
  const { seriesId } = anchor;
  if (seriesId) {
    const fromOn = await firstDateOf(ctx, tx, [
      ...siblings.map(({ id }) => id),
      ...(asked.scope === "following" ? [anchor.id] : []),
    ]);
    // Asked for by name, the person may be another, and be somewhere else.
    const person = asked.staffId ? { staffId: asked.staffId, timeZone: first.timeZone } : undefined;
    const there = person ? zoneOf(person.timeZone) : zone;
    const byDays = localDayOf(there, startMs) - localDayOf(zone, anchor.startsAt.getTime());
    const times = { byDays, minute: localMinuteOf(there, startMs), person };
    const partId = await splitSeries(ctx, tx, { seriesId, fromOn }, times);
    await recordChange(ctx, tx, {
      action: "series.moved",
      subject: { kind: "series", id: seriesId },
      changes: { which: asked.scope, moved: moved.length, days, stayed: siblings.length - moved.length },
      payload: { seriesId, partId, bookingIds: moved.map(({ id }) => id), callId: asked.callId ?? null },
    });
  }
  return { moved: moved.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime()), occurrences: inTime };
}
