import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { inTenant } from "@/db/tenant";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { bookings } from "@/tests/races/bookings";
import { capacity } from "@/tests/races/capacity";
import { countOverlaps, runRace } from "@/tests/races/run-race";
import { series } from "@/tests/races/series";
import { createSalon, tuesday } from "@/tests/salon";
import { bookAppointment } from "./book-appointment";
import { bookSeries } from "./book-series";
import { createService } from "./create-service";
import { findSlots } from "./find-slots";
import { moveSeries } from "./move-series";
import { rescheduleBooking } from "./reschedule-booking";
import { updateService } from "./update-service";

describe.skipIf(postgresUnavailable())("racing callers on PostgreSQL", () => {
  it("never overlap, lose nothing and raise nothing: 1,000 attempts, 20 at once", async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const report = await runRace(database, bookings, { attempts: 1_000, concurrency: 20 });
    expect(report).toMatchObject({ attempts: 1_000, faults: { overlaps: 0, unaccounted: 0 }, errors: [] });
    expect(Object.keys(report.refused)).toContain("slot_taken");
    expect(Object.keys(report.done).sort()).toEqual(["booked", "cancelled", "held", "moved"]);
    const { rows } = await database.db.execute(
      sql`select contype from pg_constraint where conname = 'bookings_no_overlap' and conrelid = 'bookings'::regclass`,
    );
    expect(rows).toEqual([{ contype: "x" }]);
  }, 120_000);

  it("never overfill a class, share a room, half-book a team or pass a limit: 600 attempts, 20 at once", async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const report = await runRace(database, capacity, { attempts: 600, concurrency: 20 });
    const faults = { overlaps: 0, roomsTwice: 0, overFull: 0, incomplete: 0, overLimit: 0, unaccounted: 0 };
    expect(report).toMatchObject({ attempts: 600, errors: [], faults });
    expect(Object.keys(report.done).sort()).toEqual(["booked", "cancelled", "held", "moved"]);
    const { rows } = await database.db.execute(sql`
      select conname::text as name, contype::text as kind from pg_constraint where conrelid = 'bookings'::regclass
        and conname in ('bookings_no_overlap', 'bookings_resource_no_overlap', 'bookings_seat')
      union all select indexrelid::regclass::text, case when indisunique then 'u' else '' end from pg_index
        where indexrelid = 'bookings_one_per_seat'::regclass order by 1`);
    expect(rows).toEqual([
      { name: "bookings_no_overlap", kind: "x" },
      { name: "bookings_one_per_seat", kind: "u" },
      { name: "bookings_resource_no_overlap", kind: "x" },
      { name: "bookings_seat", kind: "c" },
    ]);
  }, 120_000);

  it("leave no series half booked, nothing lost and no deadlock to be seen: 240 attempts, 12 at once", async () => {
    const database = await postgresDatabase({ maxConnections: 12 });
    const report = await runRace(database, series, { attempts: 240, concurrency: 12 });
    expect(report).toMatchObject({
      attempts: 240,
      errors: [],
      faults: { overlaps: 0, unaccounted: 0, halfBooked: 0, offRule: 0 },
    });
    expect(Object.keys(report.done).sort()).toEqual(["booked", "cancelled", "moved", "series"]);
  }, 120_000);

  it("fill a class of five to the last seat when 20 ask for it at once, and nobody else gets in", async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const salon = await createSalon(database);
    const yoga = await createService(salon.ctx, { name: "Yoga", durationMinutes: 60, seats: 5 });
    const input = { serviceId: yoga.id, staffId: salon.anna.id, startsAt: tuesday("10:00") };
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => bookAppointment(salon.ctx, { ...input, name: `Caller ${n}` })),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(5);
  });

  it("let in three of 20 who each ask for another time of a day that takes three", async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const salon = await createSalon(database);
    await updateService(salon.ctx, { serviceId: salon.haircut.id, maxPerDay: 3 });
    const times = Array.from(
      { length: 10 },
      (_, n) => `${String(9 + Math.floor(n / 2)).padStart(2, "0")}:${n % 2 ? "30" : "00"}`,
    );
    const results = await Promise.all(
      [salon.anna, salon.ben].flatMap((person) =>
        times.map((time) =>
          bookAppointment(salon.ctx, { serviceId: salon.haircut.id, staffId: person.id, startsAt: tuesday(time) }),
        ),
      ),
    );
    const reasons = results.map((result) => result.ok || result.reason);
    expect([reasons.filter((each) => each === true).length, new Set(reasons)]).toEqual([
      3,
      new Set([true, "limit_reached"]),
    ]);
  });

  it("give one time by turn to as many as there are people", async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const salon = await createSalon(database);
    const on = { fromDate: "2026-11-24", toDate: "2026-11-24" };
    const { slots } = await findSlots(salon.ctx, { serviceId: salon.haircut.id, ...on });
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => bookAppointment(salon.ctx, { slot: slots[0]?.slot, name: `Caller ${n}` })),
    );
    const staff = results.flatMap((result) => (result.ok ? [result.value.staffName] : []));
    expect(staff.sort()).toEqual(["Anna Berg", "Ben Okafor"]);
  });

  it("give one time to exactly one of 20 callers, and say so to the others", async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const salon = await createSalon(database);
    const input = { serviceId: salon.haircut.id, staffId: salon.anna.id, startsAt: tuesday("10:30") };
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => bookAppointment(salon.ctx, { ...input, name: `Caller ${n}` })),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    for (const result of results)
      if (!result.ok) expect([result.reason, result.detail.alternatives.length]).toEqual(["slot_taken", 3]);
  });

  it("move a series from where its bookings are by then: one that was moved in the same instant keeps its day", async () => {
    const database = await postgresDatabase({ maxConnections: 5 });
    const { ctx, anna } = await createSalon(database);
    const lesson = await createService(ctx, { name: "Lesson", durationMinutes: 60 });
    const asked = { serviceId: lesson.id, staffId: anna.id, startsAt: tuesday("10:00"), name: "Mary" };
    const made = await bookSeries(ctx, { ...asked, rule: "FREQ=WEEKLY;COUNT=3" });
    if (!made.ok) throw new Error(made.reason);
    const [first, second] = made.value.bookings.map(({ id }) => id);
    const single = Promise.withResolvers<void>();
    const series = single.promise.then(() =>
      moveSeries(ctx, { bookingId: first ?? "", scope: "all", startsAt: tuesday("11:00") }),
    );
    await inTenant(ctx, async (_tx, joined) => {
      await rescheduleBooking(joined, { bookingId: second ?? "", startsAt: "2026-12-02T15:00:00-05:00" });
      single.resolve();
      const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await database.db.execute(waiting)).rows.length === 0) await new Promise((next) => setTimeout(next, 10));
    });
    const moved = await series;
    if (!moved.ok) throw new Error(moved.reason);
    expect(moved.value.moved.map(({ startsAt }) => startsAt.toISOString())).toEqual([
      "2026-11-24T16:00:00.000Z",
      "2026-12-02T16:00:00.000Z",
      "2026-12-08T16:00:00.000Z",
    ]);
  });

  it("swap two bookings without an overlap or an error", async () => {
    const database = await postgresDatabase({ maxConnections: 10 });
    const salon = await createSalon(database);
    const base = { serviceId: salon.haircut.id, staffId: salon.anna.id };
    const [a, b] = await Promise.all(
      ["10:00", "10:30"].map((time) => bookAppointment(salon.ctx, { ...base, startsAt: tuesday(time), name: time })),
    );
    if (!a?.ok || !b?.ok) throw new Error("not booked");
    const moves = await Promise.all([
      rescheduleBooking(salon.ctx, { bookingId: a.value.id, startsAt: tuesday("10:30") }),
      rescheduleBooking(salon.ctx, { bookingId: b.value.id, startsAt: tuesday("10:00") }),
    ]);
    expect(moves.map((move) => move.ok || move.reason)).toEqual(["slot_taken", "slot_taken"]);
    expect(await countOverlaps(database)).toBe(0);
  });
});
