import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant, withSavepoint } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { bookAppointment, sourceOf } from "./book-appointment";
import { facts, toReport } from "./check-series";
import { planSeries, type SeriesPlan, type SeriesRefusal } from "./plan-series";
import { isoOf } from "./rules/civil";
import {
  type Booking,
  type BookSeriesInput,
  bookSeriesInput,
  type SeriesOccurrence,
  type SeriesReport,
} from "./schemas";
import { dateArray } from "./split-series";

/** `not_all_free`: nothing was booked, the report says which dates cannot be had; `none_free`: not one of them can. */
export type BookSeriesRefusal = SeriesRefusal | "not_all_free" | "none_free" | "invalid_phone";

export type BookedSeries = { seriesId: string; bookings: Booking[]; report: SeriesReport };

/**
 * Books a series whole: every date through the same verb as a single booking, all in one transaction. `mode` "all" books all dates or none,
 * "free" those that can be had; the others are reported with their reason and kept as exceptions. Times keep the business's wall clock.
 */
export async function bookSeries(
  ctx: Context,
  input: BookSeriesInput,
): Promise<Result<BookedSeries, BookSeriesRefusal, SeriesReport | undefined>> {
  authorise(ctx, "bookings.write");
  const asked = parse(bookSeriesInput, input);
  return inTenant(ctx, async (tx, joined) => {
    const planned = await planSeries(ctx, tx, asked);
    if (!planned.ok) return refuse(planned.reason, undefined);
    try {
      return ok(await withSavepoint(tx, () => bookAll(joined, tx, planned.value, asked)));
    } catch (error) {
      if (error instanceof NotBooked) return refuse(error.reason, error.report);
      throw error;
    }
  });
}

/** Undoes what was booked so far. */
class NotBooked extends Error {
  constructor(
    readonly reason: "not_all_free" | "none_free" | "invalid_phone",
    readonly report: SeriesReport,
  ) {
    super(reason);
  }
}

async function bookAll(
  ctx: Context,
  tx: Tx,
  plan: SeriesPlan,
  asked: ReturnType<typeof bookSeriesInput.parse>,
): Promise<BookedSeries> {
  const { rule, exceptOn: _, mode, slot, startsAt: __, ...own } = asked;
  const { service, person } = plan;
  const bookings: Booking[] = [];
  const dates: string[] = [];
  const occurrences: SeriesOccurrence[] = [];
  // Ascending, so that two series over one person wait for each other in one direction only.
  for (const occurrence of plan.occurrences) {
    const said = facts(ctx, plan, occurrence);
    const contactId = bookings[0]?.contactId ?? own.contactId;
    const who = { ...own, ...(contactId ? { contactId } : {}) };
    const time = { serviceId: service.id, staffId: person.id, startsAt: said.startsAt };
    let made = await bookAppointment(ctx, { ...who, ...time });
    // An offered time may run out of notice while the caller decides.
    if (!made.ok && made.reason === "too_soon" && slot && occurrence === plan.occurrences[0])
      made = await bookAppointment(ctx, { ...who, slot });
    if (made.ok) {
      bookings.push(made.value);
      dates.push(said.onDate);
      occurrences.push({ ...said, reason: undefined, why: undefined, alternatives: [] });
      continue;
    }
    if (made.reason === "invalid_phone") throw new NotBooked("invalid_phone", toReport(plan, occurrences));
    const { say: why, alternatives } = made.detail;
    occurrences.push({ ...said, reason: made.reason, why, alternatives });
  }
  const report = toReport(plan, occurrences);
  const [first] = bookings;
  if (!first) throw new NotBooked("none_free", report);
  if (mode === "all" && bookings.length < occurrences.length) throw new NotBooked("not_all_free", report);
  const seriesId = newId("series");
  const except = [
    ...plan.exceptDays.map(isoOf),
    ...occurrences.filter((each) => each.reason).map((each) => each.onDate),
  ].sort();
  const now = ctx.clock.now().toISOString();
  await tx.execute(sql`
    insert into booking_series (id, org_id, service_id, staff_id, contact_id, call_id, source, time_zone, starts_on, start_minute, rule,
      except_on, attendee_name, attendee_phone, created_at, updated_at)
    values (${seriesId}, ${ctx.orgId}, ${service.id}, ${person.id}, ${first.contactId}, ${first.callId}, ${sourceOf(ctx)},
      ${plan.zone.name}, ${dates[0]}::date, ${plan.startMinute}, ${rule}, ${dateArray(except)}, ${first.attendeeName},
      ${first.attendeePhone}, ${now}::timestamptz, ${now}::timestamptz)`);
  await tx.execute(sql`
    update bookings b set series_id = ${seriesId}, series_on = made.on_date
    from (select id, on_date::date from json_to_recordset(${JSON.stringify(bookings.map(({ id }, n) => ({ id, on_date: dates[n] })))}::json)
      as x(id text, on_date text)) made
    where b.org_id = ${ctx.orgId} and b.id = made.id`);
  await recordChange(ctx, tx, {
    action: "series.created",
    subject: { kind: "series", id: seriesId },
    changes: { service: service.name, staff: person.name, rule, booked: bookings.length, leftOut: except },
    payload: { seriesId, bookingIds: bookings.map(({ id }) => id), contactId: first.contactId, callId: first.callId },
  });
  return { seriesId, bookings: bookings.map((booking) => ({ ...booking, seriesId })), report };
}
