import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Database } from "@/db/client";
import { listCalendarsDue, listCalendarsStale } from "@/db/system";
import { inTenant } from "@/db/tenant";
import type { Clock } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import { bookAppointment } from "@/lib/scheduling/book-appointment";
import { findSlots } from "@/lib/scheduling/find-slots";
import { getAvailability } from "@/lib/scheduling/get-availability";
import { rescheduleBooking } from "@/lib/scheduling/reschedule-booking";
import { emptyPgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createSalon, FRIDAY_TEN, tuesday } from "@/tests/salon";
import { listAccounts } from "./list-accounts";
import { listCalendarAlerts } from "./list-alerts";
import { alertStaleCalendar } from "./raise-alerts";
import { requestSync } from "./request-sync";
import { syncCalendar } from "./sync-calendar";
import { connectForTest } from "./testing/connected";
import { memoryCalendar } from "./testing/memory-calendar";

const MINUTE = 60_000;

/** A salon whose Anna has one calendar, on a clock that the test moves. */
async function annasCalendar(database: Database) {
  const time = { ms: Date.parse(FRIDAY_TEN) };
  const clock: Clock = { now: () => new Date(time.ms) };
  const salon = await createSalon(database, { now: clock });
  const connected = await connectForTest(salon.ctx, salon.anna.id);
  const vendor = memoryCalendar();
  return {
    ...salon,
    ...connected,
    vendor,
    later: (ms: number) => {
      time.ms += ms;
    },
    sync: () => syncCalendar(salon.ctx, connected.calendarId, vendor.vendors),
    startsOf: async (serviceId: string, staffId: string) =>
      (await findSlots(salon.ctx, { serviceId, staffId, fromDate: "2026-11-24", toDate: "2026-11-24" })).slots.map(
        (slot) => slot.startsAt.slice(11, 16),
      ),
    book: (start: string, staffId = salon.anna.id) =>
      bookAppointment(salon.ctx, { serviceId: salon.haircut.id, staffId, startsAt: tuesday(start), name: "Mia" }),
  };
}

const row = async (ctx: Context, query: ReturnType<typeof sql>) =>
  (await inTenant(ctx, (tx) => tx.execute(query))).rows[0] as Record<string, unknown>;

const engines = [
  ["PGlite", emptyPgliteDatabase, undefined],
  ["PostgreSQL", postgresDatabase, postgresUnavailable()],
] as const;

for (const [engine, open, unavailable] of engines) {
  describe.skipIf(unavailable)(`calendars on ${engine}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await open();
    });

    test("what a calendar takes is neither offered nor booked, for its person alone", async () => {
      const { vendor, sync, startsOf, book, haircut, anna, ben } = await annasCalendar(database);
      vendor.put("dentist", tuesday("10:00"), tuesday("11:00"));
      expect(await sync()).toBe("current");
      const annas = await startsOf(haircut.id, anna.id);
      expect(annas).toContain("09:30");
      expect(annas).not.toContain("10:00");
      expect(annas).not.toContain("10:30");
      expect(annas).toContain("11:00");
      expect(await book("10:30")).toMatchObject({ ok: false, reason: "slot_taken" });
      expect(await book("10:30", ben.id)).toMatchObject({ ok: true, value: { tentative: false } });
    });

    test("an insert and a move that never looked are refused by the database", async () => {
      const { ctx, vendor, sync, book, anna } = await annasCalendar(database);
      vendor.put("dentist", tuesday("10:00"), tuesday("11:00"));
      await sync();
      const booked = await book("14:00");
      if (!booked.ok) throw new Error(booked.reason);
      const [start, end] = [Date.parse(tuesday("10:30")), Date.parse(tuesday("11:00"))];
      const copied = await inTenant(ctx, (tx) =>
        tx.execute(sql`
          insert into bookings (id, org_id, service_id, staff_id, status, source, starts_at, ends_at, block_start_ms, block_end_ms, time_zone)
          select 'bkg_copy' || right(${anna.id}, 8), org_id, service_id, staff_id, status, source, to_timestamp(${start / 1000}),
            to_timestamp(${end / 1000}), ${start}::bigint, ${end}::bigint, time_zone
          from bookings where id = ${booked.value.id} returning id`),
      );
      expect(copied.rows).toEqual([]);
      const moved = await rescheduleBooking(ctx, { bookingId: booked.value.id, startsAt: tuesday("10:30") });
      expect(moved).toMatchObject({ ok: false, reason: "slot_taken" });
    });

    test("only what changed is read again; a forgotten token costs one full read", async () => {
      const { vendor, sync, startsOf, later, haircut, anna } = await annasCalendar(database);
      vendor.put("dentist", tuesday("10:00"), tuesday("11:00"));
      await sync();
      vendor.put("dentist", tuesday("13:00"), tuesday("13:30"));
      later(5 * MINUTE);
      await sync();
      expect(vendor.state).toMatchObject({ reads: 2, fullReads: 1 });
      expect(await startsOf(haircut.id, anna.id)).toContain("10:00");
      expect(await startsOf(haircut.id, anna.id)).not.toContain("13:00");
      vendor.remove("dentist");
      vendor.put("school", tuesday("15:00"), tuesday("16:00"));
      vendor.expireTokens();
      later(5 * MINUTE);
      expect(await sync()).toBe("current");
      expect(vendor.state.fullReads).toBe(2);
      const starts = await startsOf(haircut.id, anna.id);
      expect(starts).toContain("13:00");
      expect(starts).not.toContain("15:30");
    });

    test("a calendar nobody could read makes times tentative, alerts within a minute, and catches up", async () => {
      const { ctx, vendor, sync, later, book, calendarId, startsOf, haircut, anna } = await annasCalendar(database);
      vendor.put("dentist", tuesday("10:00"), tuesday("11:00"));
      await sync();
      vendor.state.refusal = { ok: false, reason: "unavailable", detail: { what: "It answered 503." } };
      let alertedAfter: number | undefined;
      for (let minute = 0; minute < 60; minute++) {
        later(MINUTE);
        const due = await listCalendarsDue(database, ctx.clock.now(), 1000);
        if (due.some((each) => each.id === calendarId)) await sync();
        const stale = await listCalendarsStale(database, ctx.clock.now(), 1000);
        if (!stale.some((each) => each.id === calendarId)) continue;
        await alertStaleCalendar(ctx, calendarId);
        alertedAfter ??= minute + 1;
      }
      // Read at minute 0, current for 15 minutes.
      expect(alertedAfter).toBeLessThanOrEqual(16);
      expect(await listCalendarAlerts(ctx)).toMatchObject([{ kind: "unreliable", id: calendarId, staff: "Anna Berg" }]);
      const mailed = await row(ctx, sql`select count(*)::int as n from events where kind = 'calendar.alerted'`);
      expect(mailed.n).toBe(1);
      // Known busy time stays busy; the rest can be had, to be confirmed.
      expect(await book("10:30")).toMatchObject({ ok: false, reason: "slot_taken" });
      const booked = await book("14:00");
      expect(booked).toMatchObject({ ok: true, value: { tentative: true } });
      expect(await startsOf(haircut.id, anna.id)).not.toContain("10:00");
      vendor.state.refusal = undefined;
      vendor.put("school", tuesday("09:00"), tuesday("09:30"));
      later(2 * MINUTE);
      expect((await listCalendarsDue(database, ctx.clock.now(), 1000)).map((each) => each.id)).toContain(calendarId);
      expect(await sync()).toBe("current");
      expect(await listCalendarAlerts(ctx)).toEqual([]);
      expect(await startsOf(haircut.id, anna.id)).not.toContain("09:00");
      const id = booked.ok ? booked.value.id : "";
      expect((await row(ctx, sql`select tentative from bookings where id = ${id}`)).tentative).toBe(false);
      expect((await row(ctx, sql`select count(*)::int as n from events where kind = 'calendar.recovered'`)).n).toBe(2);
    });

    test("what can be read in part keeps its calendar from being known, until it is mended or gone", async () => {
      const { ctx, vendor, sync, book, later, calendarId, startsOf, haircut, anna } = await annasCalendar(database);
      await sync();
      later(5 * MINUTE);
      vendor.put("odd", tuesday("10:00"), tuesday("11:00"), undefined, "repetition");
      vendor.put("dentist", tuesday("12:00"), tuesday("13:00"));
      expect(await sync()).toBe("current");
      // Told in the moment it is met, and what could be read is known.
      const [alert] = await listCalendarAlerts(ctx);
      expect(alert).toMatchObject({ kind: "unreliable", id: calendarId, isPartial: true });
      expect(alert).toMatchObject({
        reason:
          "1 event cannot be read in full: 24 Nov 2026, how it repeats is not understood. Change or remove it there: then this ends by itself.",
      });
      const freshness = async () => (await listAccounts(ctx))[0]?.calendars[0]?.freshness;
      expect(await freshness()).toBe("partial");
      const starts = await startsOf(haircut.id, anna.id);
      for (const taken of ["10:00", "10:30", "12:30"]) expect(starts).not.toContain(taken);
      const booked = await book("14:00");
      expect(booked).toMatchObject({ ok: true, value: { tentative: true } });
      // Readings that tell of other things change nothing about it, and nobody is told twice.
      later(5 * MINUTE);
      vendor.put("dentist", tuesday("12:30"), tuesday("13:00"));
      await sync();
      expect(vendor.state.fullReads).toBe(1);
      expect(await listCalendarAlerts(ctx)).toHaveLength(1);
      const alerted = sql`select count(*)::int as n from events where kind = 'calendar.alerted'`;
      expect((await row(ctx, alerted)).n).toBe(1);
      expect(await listCalendarsStale(database, ctx.clock.now(), 1000)).toEqual([]);
      later(30 * MINUTE);
      expect(await freshness()).toBe("stale");
      vendor.put("odd", tuesday("10:00"), tuesday("11:00"));
      await sync();
      expect(await listCalendarAlerts(ctx)).toEqual([]);
      expect(await freshness()).toBe("current");
      const id = booked.ok ? booked.value.id : "";
      expect((await row(ctx, sql`select tentative from bookings where id = ${id}`)).tentative).toBe(false);
      for (const mend of [() => vendor.remove("odd"), vendor.expireTokens]) {
        vendor.put("odd", tuesday("10:00"), tuesday("11:00"), undefined, "end");
        await sync();
        expect(await freshness()).toBe("partial");
        vendor.items.delete("odd");
        mend();
        await sync();
        expect(await freshness()).toBe("current");
      }
    });

    test("more than can be remembered is read anew each time rather than forgotten", async () => {
      const { ctx, vendor, sync } = await annasCalendar(database);
      for (let n = 0; n < 1_001; n++) vendor.put(`odd${n}`, tuesday("10:00"), tuesday("11:00"), undefined, "end");
      await sync();
      for (let n = 0; n < 1_000; n++) vendor.items.delete(`odd${n}`);
      await sync();
      expect(vendor.state.fullReads).toBe(2);
      expect(await listCalendarAlerts(ctx)).toMatchObject([{ isPartial: true }]);
      vendor.items.clear();
      await sync();
      expect(vendor.state.fullReads).toBe(2);
      vendor.remove("odd1000");
      await sync();
      expect(await listCalendarAlerts(ctx)).toEqual([]);
    });

    test("a withdrawn permission and a vanished calendar alert in the moment they are met", async () => {
      for (const reason of ["revoked", "gone"] as const) {
        const { ctx, vendor, sync, book, accountId } = await annasCalendar(database);
        await sync();
        vendor.state.refusal = { ok: false, reason, detail: undefined };
        expect(await sync()).toBe("failed");
        const [alert] = await listCalendarAlerts(ctx);
        expect(alert).toMatchObject({ kind: "unreliable", isRevoked: reason === "revoked" });
        expect(await book("14:00")).toMatchObject({ ok: true, value: { tentative: true } });
        const [account] = await listAccounts(ctx);
        expect(account).toMatchObject({
          id: accountId,
          calendars: [{ freshness: reason === "gone" ? "stale" : "revoked" }],
        });
      }
    });

    test("connecting again ends a withdrawal and everything catches up", async () => {
      const { ctx, vendor, sync, anna, accountId, calendarId } = await annasCalendar(database);
      vendor.state.refusal = { ok: false, reason: "revoked", detail: undefined };
      await sync();
      expect(await sync()).toBe("not_followed");
      vendor.state.refusal = undefined;
      expect(await connectForTest(ctx, anna.id)).toEqual({ accountId, calendarId });
      expect(await sync()).toBe("current");
      expect(await listCalendarAlerts(ctx)).toEqual([]);
    });

    test("a vendor that asks for a pause gets it", async () => {
      const { ctx, vendor, sync, calendarId, later } = await annasCalendar(database);
      vendor.state.refusal = { ok: false, reason: "rate_limited", detail: { retryAfterSeconds: 300 } };
      await sync();
      const isDue = async () =>
        (await listCalendarsDue(database, ctx.clock.now(), 1000)).some((each) => each.id === calendarId);
      later(299_000);
      expect(await isDue()).toBe(false);
      later(1_000);
      expect(await isDue()).toBe(true);
    });

    test("a hundred messages about one change cost one reading, one that comes during it another", async () => {
      const { ctx, vendor, sync, calendarId, later } = await annasCalendar(database);
      await sync();
      later(1_000);
      const asked = [];
      for (let n = 0; n < 100; n++) asked.push(await requestSync(ctx, calendarId));
      expect(asked.filter(Boolean)).toHaveLength(1);
      later(1_000);
      vendor.state.beforeAnswer = async () => {
        vendor.state.beforeAnswer = async () => {};
        later(1_000);
        vendor.put("late", tuesday("12:00"), tuesday("13:00"));
        expect(await requestSync(ctx, calendarId)).toBe(true);
        expect(await sync()).toBe("taken");
      };
      await sync();
      expect((await listCalendarsDue(database, ctx.clock.now(), 1000)).map((each) => each.id)).toContain(calendarId);
      later(1_000);
      await sync();
      expect((await row(ctx, sql`select count(*)::int as n from calendar_busy where item_id = 'late'`)).n).toBe(1);
      expect((await listCalendarsDue(database, ctx.clock.now(), 1000)).map((each) => each.id)).not.toContain(
        calendarId,
      );
    });

    test("a reading that took longer than its lease is thrown away", async () => {
      const { ctx, vendor, sync, later } = await annasCalendar(database);
      vendor.put("old", tuesday("10:00"), tuesday("11:00"));
      vendor.state.beforeAnswer = async () => {
        vendor.state.beforeAnswer = async () => {};
        later(10 * MINUTE);
        vendor.remove("old");
        vendor.put("new", tuesday("12:00"), tuesday("13:00"));
        await sync();
      };
      await sync();
      const { items } = await row(ctx, sql`select string_agg(distinct item_id, ',') as items from calendar_busy`);
      expect(items).toBe("new");
    });

    test("a booking and a reading that want the same moment: one knows of the other, nobody waits for ever", async () => {
      const { ctx, vendor, sync, book, later } = await annasCalendar(database);
      await sync();
      for (let round = 0; round < 12; round++) {
        const start = `${String(9 + (round % 8)).padStart(2, "0")}:${round < 8 ? "00" : "30"}`;
        const startMs = Date.parse(tuesday(start));
        vendor.put(`event ${round}`, tuesday(start), new Date(startMs + 1_800_000).toISOString());
        later(1_000);
        const [booked, outcome] = await Promise.all([book(start), sync()]);
        expect(outcome).toBe("current");
        if (!booked.ok) expect(booked.reason).toBe("slot_taken");
        const alerts = await listCalendarAlerts(ctx);
        const told = alerts.some((each) => each.kind === "double_booked" && each.startsAt.getTime() === startMs);
        expect(told).toBe(booked.ok);
        expect(await book(start)).toMatchObject({ ok: false, reason: "slot_taken" });
      }
    });

    test("long events are found from any day in them", async () => {
      const { vendor, sync, book } = await annasCalendar(database);
      vendor.put("holiday", "2026-11-21T00:00:00Z", "2026-12-06T00:00:00Z");
      await sync();
      expect(await book("14:00")).toMatchObject({ ok: false, reason: "slot_taken" });
    });

    test("what a calendar takes is drawn: joined, cut at midnight, with how current it is", async () => {
      const { ctx, vendor, sync, anna } = await annasCalendar(database);
      vendor.put("one", tuesday("10:00"), tuesday("11:00"));
      vendor.put("two", tuesday("10:30"), tuesday("12:00"));
      vendor.put("trip", "2026-11-25T20:00:00-05:00", "2026-11-27T08:00:00-05:00");
      await sync();
      const from = Math.floor(Date.parse("2026-11-24T00:00:00Z") / 86_400_000);
      const { busy } = await getAvailability(ctx, { from, days: 7 });
      expect(busy.map((each) => [each.staffId, each.dayIso, each.startMinute, each.endMinute, each.isCurrent])).toEqual(
        [
          [anna.id, "2026-11-24", 600, 720, true],
          [anna.id, "2026-11-25", 1200, 1440, true],
          [anna.id, "2026-11-26", 0, 1440, true],
          [anna.id, "2026-11-27", 0, 480, true],
        ],
      );
    });

    test("a booking on time that a calendar takes afterwards is told about", async () => {
      const { ctx, vendor, sync, book } = await annasCalendar(database);
      await sync();
      const booked = await book("14:00");
      vendor.put("surprise", tuesday("14:00"), tuesday("15:00"));
      await sync();
      expect(await listCalendarAlerts(ctx)).toMatchObject([
        { kind: "double_booked", id: booked.ok ? booked.value.id : "", calendar: "Work" },
      ]);
    });

    test("a member may look, an admin alone connects; another organisation sees nothing", async () => {
      const { as, anna, accountId } = await annasCalendar(database);
      expect(await listAccounts(as("viewer"))).toMatchObject([{ id: accountId }]);
      await expect(connectForTest(as("member"), anna.id)).rejects.toMatchObject({ code: "forbidden" });
      const other = await annasCalendar(database);
      expect((await listAccounts(other.as("owner"))).map((each) => each.id)).not.toContain(accountId);
      await expect(connectForTest(other.as("owner"), anna.id)).rejects.toMatchObject({ code: "not_found" });
    });

    test("a clock that is set back by an hour lets no calendar go unread: it is read at once, then as ever", async () => {
      const { ctx, calendarId, later, sync } = await annasCalendar(database);
      const isDue = async () =>
        (await listCalendarsDue(database, ctx.clock.now(), 1000)).some((each) => each.id === calendarId);
      await sync();
      expect(await isDue()).toBe(false);
      later(-60 * MINUTE);
      expect(await isDue()).toBe(true);
      expect([await sync(), await isDue()]).toEqual(["current", false]);
      later(6 * MINUTE);
      expect(await isDue()).toBe(true);
    });
  });
}
