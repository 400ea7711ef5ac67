import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { listAuditEntries } from "@/lib/events";
import { pgliteDatabase } from "@/tests/database";
import { createSalon, tuesday } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { bookSeries } from "./book-series";
import { cancelBooking } from "./cancel-booking";
import { cancelSeries } from "./cancel-series";
import { checkSeries } from "./check-series";
import { createService } from "./create-service";
import { listBookings } from "./list-bookings";
import { getSeries, listSeries } from "./list-series";
import { listSeriesBookings } from "./list-series-bookings";
import { moveSeries } from "./move-series";
import { isoInZone } from "./rules/speak";
import { zoneOf } from "./rules/zone";
import { setCancellationPolicy } from "./set-cancellation-policy";
import { setDateOverride } from "./set-date-override";

let database: Database;
beforeAll(async () => {
  database = await pgliteDatabase();
});

/** A salon with a service that can be booked two years ahead; Tuesday 24 November at ten is the first time asked for. */
async function salonWithLessons() {
  const salon = await createSalon(database);
  const lesson = await createService(salon.ctx, { name: "Lesson", durationMinutes: 60, horizonDays: 730 });
  const asked = { serviceId: lesson.id, staffId: salon.anna.id, startsAt: tuesday("10:00"), name: "Mary" };
  const weekly = (count: number) => ({ ...asked, rule: `FREQ=WEEKLY;COUNT=${count}` });
  const booked = async (count: number) => {
    const result = await bookSeries(salon.ctx, weekly(count));
    if (!result.ok) throw new Error(result.reason);
    return result.value;
  };
  const starts = async (seriesId: string) =>
    (await listSeriesBookings(salon.ctx, seriesId))
      .filter((booking) => booking.status === "confirmed")
      .map((booking) => isoInZone(zoneOf("America/New_York"), booking.startsAt.getTime()).slice(0, 16));
  return { salon, lesson, asked, weekly, booked, starts };
}

describe("a series that is asked for", () => {
  it("is reported date by date, each once, at one time of day across both clock changes, and nothing is written", async () => {
    const { salon, weekly } = await salonWithLessons();
    const checked = await checkSeries(salon.ctx, weekly(60));
    if (!checked.ok) throw new Error(checked.reason);
    const { occurrences, bookable } = checked.value;
    expect(bookable).toBe(60);
    expect(new Set(occurrences.map((each) => each.onDate)).size).toBe(60);
    expect(new Set(occurrences.map((each) => each.startsAt.slice(11, 19)))).toEqual(new Set(["10:00:00"]));
    expect(new Set(occurrences.map((each) => each.startsAt.slice(19)))).toEqual(new Set(["-05:00", "-04:00"]));
    for (const [n, each] of occurrences.entries())
      expect(Date.parse(`${each.onDate}T00:00Z`)).toBe(Date.UTC(2026, 10, 24 + 7 * n));
    expect((await listBookings(salon.ctx, {})).items).toEqual([]);
  });

  it("says of each date that cannot be had why, with what is free near it", async () => {
    const { salon, asked, weekly } = await salonWithLessons();
    await bookAppointment(salon.ctx, { ...asked, startsAt: "2026-12-01T10:30:00-05:00" });
    await setDateOverride(salon.ctx, { staffId: null, onDate: "2026-12-08", spans: [] });
    const checked = await checkSeries(salon.ctx, weekly(4));
    if (!checked.ok) throw new Error(checked.reason);
    expect(checked.value.occurrences.map((each) => [each.onDate, each.reason, each.alternatives.length])).toEqual([
      ["2026-11-24", undefined, 0],
      ["2026-12-01", "slot_taken", 3],
      ["2026-12-08", "outside_hours", 3],
      ["2026-12-15", undefined, 0],
    ]);
    const all = await bookSeries(salon.ctx, weekly(4));
    expect(all.ok || [all.reason, all.detail?.bookable]).toEqual(["not_all_free", 2]);
    expect((await listSeries(salon.ctx)).length).toBe(0);
    expect((await listBookings(salon.ctx, {})).items).toHaveLength(1);
    const free = await bookSeries(salon.ctx, { ...weekly(4), mode: "free" });
    if (!free.ok) throw new Error(free.reason);
    expect(free.value.bookings.map((booking) => booking.startsAt.toISOString().slice(0, 10))).toEqual([
      "2026-11-24",
      "2026-12-15",
    ]);
    expect(await getSeries(salon.ctx, free.value.seriesId)).toMatchObject({
      exceptOn: ["2026-12-01", "2026-12-08"],
      total: 2,
      toCome: 2,
    });
  });

  it("leaves out the dates it is told to, repeats daily and monthly, and ends with a date", async () => {
    const { salon, asked } = await salonWithLessons();
    const dates = async (rule: string, exceptOn: string[] = []) => {
      const checked = await checkSeries(salon.ctx, { ...asked, rule, exceptOn });
      return checked.ok ? checked.value.occurrences.map((each) => each.onDate) : checked.reason;
    };
    expect(await dates("FREQ=DAILY;COUNT=4", ["2026-11-26"])).toEqual(["2026-11-24", "2026-11-25", "2026-11-27"]);
    expect(await dates("FREQ=MONTHLY;UNTIL=20270124")).toEqual(["2026-11-24", "2026-12-24", "2027-01-24"]);
    expect(await dates("FREQ=WEEKLY;INTERVAL=2;UNTIL=20261222")).toEqual(["2026-11-24", "2026-12-08", "2026-12-22"]);
    for (const [rule, reason] of [
      ["FREQ=WEEKLY", "bad_rule"],
      ["FREQ=HOURLY;COUNT=3", "bad_rule"],
      ["every week", "bad_rule"],
      ["FREQ=DAILY;COUNT=105", "too_many"],
      ["FREQ=DAILY;COUNT=3;BYMONTH=2;UNTIL=20270101", "no_occurrence"],
    ] as const)
      expect([rule, await dates(rule)]).toEqual([rule, reason]);
    await expect(
      checkSeries(salon.ctx, { ...asked, rule: "FREQ=DAILY;COUNT=1", exceptOn: ["soon"] }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("keeps horizon and notice like a single booking, unless a member waives them", async () => {
    const { salon } = await salonWithLessons();
    const haircuts = { serviceId: salon.haircut.id, staffId: salon.anna.id, startsAt: tuesday("10:00"), name: "Mary" };
    const rule = "FREQ=WEEKLY;COUNT=12";
    const refused = await bookSeries(salon.ctx, { ...haircuts, rule });
    expect(refused.ok || refused.detail?.occurrences.at(-1)?.reason).toBe("too_far");
    const waived = await bookSeries(salon.as("member"), { ...haircuts, rule, override: true });
    expect(waived.ok && waived.value.bookings.length).toBe(12);
  });

  it("belongs to one contact, names it, and tells the audit what was booked", async () => {
    const { salon, weekly } = await salonWithLessons();
    const made = await bookSeries(salon.ctx, { ...weekly(3), phone: "+12025550147" });
    if (!made.ok) throw new Error(made.reason);
    expect(new Set(made.value.bookings.map((booking) => booking.contactId)).size).toBe(1);
    const { items } = await listAuditEntries(salon.ctx, { subjectId: made.value.seriesId });
    expect(items).toMatchObject([{ action: "series.created", changes: { booked: 3 } }]);
  });
});

describe("a series that is booked", () => {
  it("is moved whole to another day and time, even onto its own dates, on one wall clock", async () => {
    const { salon, asked, starts } = await salonWithLessons();
    const daily = await bookSeries(salon.ctx, { ...asked, rule: "FREQ=DAILY;COUNT=4" });
    if (!daily.ok) throw new Error(daily.reason);
    const [first] = daily.value.bookings;
    const later = await moveSeries(salon.as("member"), {
      bookingId: first?.id ?? "",
      scope: "all",
      startsAt: "2026-11-25T10:00:00-05:00",
      override: true,
    });
    expect(later.ok || later).toBe(true);
    const { seriesId } = daily.value;
    expect(await starts(seriesId)).toEqual(["25", "26", "27", "28"].map((day) => `2026-11-${day}T10:00`));
    const back = await moveSeries(salon.ctx, { bookingId: first?.id ?? "", scope: "all", startsAt: tuesday("09:30") });
    expect(back.ok || back).toBe(true);
    expect(await starts(seriesId)).toEqual(["24", "25", "26", "27"].map((day) => `2026-11-${day}T09:30`));
    expect(await getSeries(salon.ctx, seriesId)).toMatchObject({
      ...{ startsOn: "2026-11-24", startMinute: 570, rule: "FREQ=DAILY;COUNT=4", splitFrom: null, goesOnAs: [] },
    });
  });

  it("is moved from one of it on; what cannot be moved keeps everything where it is, or stays alone", async () => {
    const { salon, asked, booked, starts } = await salonWithLessons();
    const { bookings, seriesId } = await booked(4);
    await bookAppointment(salon.ctx, { ...asked, startsAt: "2026-12-15T14:00:00-05:00" });
    const move = {
      bookingId: bookings[1]?.id ?? "",
      scope: "following" as const,
      startsAt: "2026-12-01T14:00:00-05:00",
    };
    const all = await moveSeries(salon.ctx, move);
    expect(all.ok || [all.reason, all.detail.occurrences?.map((each) => each.reason)]).toEqual([
      "not_all_free",
      [undefined, undefined, "slot_taken"],
    ]);
    expect(await starts(seriesId)).toEqual(["11-24", "12-01", "12-08", "12-15"].map((day) => `2026-${day}T10:00`));
    const free = await moveSeries(salon.ctx, { ...move, mode: "free" });
    expect(free.ok && free.value.moved.length).toBe(2);
    expect(await starts(seriesId)).toEqual(["2026-11-24T10:00"]);
    const { goesOnAs } = await getSeries(salon.ctx, seriesId);
    expect(goesOnAs).toEqual([{ id: expect.stringMatching(/^srs_/), startsOn: "2026-12-01", startMinute: 840 }]);
    expect(await starts(goesOnAs[0]?.id ?? "")).toEqual(["2026-12-01T14:00", "2026-12-08T14:00", "2026-12-15T10:00"]);
  });

  it("becomes two when it is changed from one date on: each keeps its rule, and later changes of one leave the other", async () => {
    const { salon, asked, starts } = await salonWithLessons();
    const { ctx } = salon;
    // Every Tuesday from the second of March: the clocks go forward on the 14th, between the two parts' dates.
    const made = await bookSeries(ctx, {
      ...{ ...asked, startsAt: "2027-03-02T10:00:00-05:00", rule: "FREQ=WEEKLY;COUNT=6", exceptOn: ["2027-03-30"] },
    });
    if (!made.ok) throw new Error(made.reason);
    const { seriesId, bookings } = made.value;
    const on = (n: number) => bookings[n]?.id ?? "";
    await cancelBooking(ctx, { bookingId: on(3) });
    const moved = await moveSeries(ctx, {
      ...{ bookingId: on(1), scope: "following" as const, startsAt: "2027-03-10T15:00:00-05:00" },
    });
    expect(moved.ok && moved.value.moved.length).toBe(3);
    const before = await getSeries(ctx, seriesId);
    expect(before).toMatchObject({ rule: "FREQ=WEEKLY;UNTIL=20270308", exceptOn: [], total: 1, splitFrom: null });
    expect(await starts(seriesId)).toEqual(["2027-03-02T10:00"]);
    const partId = before.goesOnAs[0]?.id ?? "";
    const part = await getSeries(ctx, partId);
    expect(part).toMatchObject({
      ...{ rule: "FREQ=WEEKLY;COUNT=5", startsOn: "2027-03-10", startMinute: 900, exceptOn: ["2027-03-31"], total: 4 },
      ...{ splitFrom: { id: seriesId, startsOn: "2027-03-02", startMinute: 600 }, attendeeName: "Mary" },
    });
    // At three on the wall clock on both sides of the change.
    const wednesdays = ["2027-03-10T15:00", "2027-03-17T15:00", "2027-04-07T15:00"];
    expect(await starts(partId)).toEqual(wednesdays);
    expect((await listSeriesBookings(ctx, partId)).map(({ status }) => status)).toContain("cancelled");
    const { items } = await listAuditEntries(ctx, { subjectId: partId });
    expect(items).toMatchObject([{ action: "series.split", changes: { from: "2027-03-09", startsOn: "2027-03-10" } }]);

    const same = { bookingId: on(2), scope: "following" as const, startsAt: "2027-03-17T15:00:00-04:00" };
    expect((await moveSeries(ctx, same)).ok).toBe(true);
    expect(await getSeries(ctx, partId)).toMatchObject({ goesOnAs: [], rule: "FREQ=WEEKLY;COUNT=5" });

    const whole = await moveSeries(ctx, { bookingId: on(0), scope: "all", startsAt: "2027-03-02T11:00:00-05:00" });
    expect(whole.ok && whole.value.moved.length).toBe(1);
    expect([await starts(seriesId), await starts(partId)]).toEqual([["2027-03-02T11:00"], wednesdays]);
    const rest = await cancelSeries(ctx, { bookingId: on(2), scope: "following" });
    expect(rest.ok && rest.value.map(({ id }) => id)).toEqual([on(2), on(4)]);
    expect(await getSeries(ctx, partId)).toMatchObject({ rule: "FREQ=WEEKLY;UNTIL=20270316", exceptOn: [], toCome: 1 });
    expect(await starts(seriesId)).toEqual(["2027-03-02T11:00"]);
  });

  it("keeps what is past where it was when all that is to come is moved, also to somebody else", async () => {
    const { salon, booked, starts } = await salonWithLessons();
    const { bookings, seriesId } = await booked(4);
    const later = { ...salon.ctx, clock: { now: () => new Date("2026-12-02T15:00:00Z") } };
    const ask = { bookingId: bookings[3]?.id ?? "", scope: "all" as const, staffId: salon.ben.id };
    const moved = await moveSeries(later, { ...ask, startsAt: "2026-12-15T09:00:00-05:00" });
    expect(moved.ok && moved.value.moved.map(({ staffName }) => staffName)).toEqual(["Ben Okafor", "Ben Okafor"]);
    const [part] = (await getSeries(salon.ctx, seriesId)).goesOnAs;
    expect(part).toMatchObject({ startsOn: "2026-12-08", startMinute: 540 });
    expect(await getSeries(salon.ctx, part?.id ?? "")).toMatchObject({
      staffName: "Ben Okafor",
      rule: "FREQ=WEEKLY;COUNT=2",
    });
    expect(await starts(seriesId)).toEqual(["2026-11-24T10:00", "2026-12-01T10:00"]);
  });

  it("loses one, one and those that follow, or all that are to come", async () => {
    const { salon, booked, starts } = await salonWithLessons();
    const { bookings, seriesId } = await booked(6);
    const ids = bookings.map(({ id }) => id);
    await cancelBooking(salon.ctx, { bookingId: ids[1] ?? "" });
    expect((await starts(seriesId)).length).toBe(5);
    const following = await cancelSeries(salon.ctx, { bookingId: ids[3] ?? "", scope: "following" });
    expect(following.ok && following.value.map(({ id }) => id)).toEqual(ids.slice(3));
    expect((await starts(seriesId)).length).toBe(2);
    expect((await getSeries(salon.ctx, seriesId)).rule).toBe("FREQ=WEEKLY;UNTIL=20261214");
    const all = await cancelSeries(salon.ctx, { bookingId: ids[0] ?? "", scope: "all" });
    expect(all.ok && all.value.length).toBe(2);
    const again = await cancelSeries(salon.ctx, { bookingId: ids[0] ?? "", scope: "all" });
    expect(again.ok || again.reason).toBe("already_over");
    expect(await getSeries(salon.ctx, seriesId)).toMatchObject({ total: 6, toCome: 0, nextStartsAt: null });
  });

  it("costs what each of its bookings costs, added up, and is cancelled whole or not at all", async () => {
    const { salon, lesson, booked, starts } = await salonWithLessons();
    const { bookings, seriesId } = await booked(3);
    const windows = [{ withinMinutes: 14 * 1440, fee: { kind: "fixed" as const, cents: 700 } }];
    await setCancellationPolicy(salon.as("owner"), { serviceId: lesson.id, windows, coversMoves: true });
    const ask = { bookingId: bookings[0]?.id ?? "", scope: "all" as const };
    const asked = await cancelSeries(salon.ctx, ask);
    expect(asked).toMatchObject({ ok: false, reason: "fee_applies", detail: { feeCents: 1400, fee: "$14.00" } });
    expect((await starts(seriesId)).length).toBe(3);
    const moving = await moveSeries(salon.ctx, { ...ask, startsAt: tuesday("15:00") });
    expect(moving.ok || [moving.reason, moving.detail.terms?.feeCents]).toEqual(["fee_applies", 1400]);
    const done = await cancelSeries(salon.ctx, { ...ask, acceptedFeeCents: 1400 });
    expect(done.ok && done.value.map(({ feeCents }) => feeCents)).toEqual([700, 700, 0]);
  });

  it("is another organisation's secret", async () => {
    const { booked } = await salonWithLessons();
    const { bookings, seriesId } = await booked(2);
    const stranger = await createSalon(database);
    await expect(getSeries(stranger.ctx, seriesId)).rejects.toMatchObject({ code: "not_found" });
    expect(await listSeriesBookings(stranger.ctx, seriesId)).toEqual([]);
    const ask = { bookingId: bookings[0]?.id ?? "", scope: "all" as const };
    await expect(cancelSeries(stranger.ctx, ask)).rejects.toMatchObject({ code: "not_found" });
    await expect(moveSeries(stranger.ctx, { ...ask, startsAt: tuesday("15:00") })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
