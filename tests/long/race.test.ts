import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { postgresDatabase, postgresUnavailable } from "../database";
import { bookings } from "../races/bookings";
import { capacity } from "../races/capacity";
import { runRace } from "../races/run-race";
import { series } from "../races/series";
import { waitlist } from "../races/waitlist";

const CONCURRENCY = 20;
/** On a busy machine; two idle cores take a few minutes. */
const MAX_MS = 3_600_000;

/** 100,000 attempts in all. An attempt on the waiting list asks for several connections. */
const races = [
  { what: "holds, bookings and moves", course: bookings, attempts: 40_000, rounds: 20 },
  { what: "seats, rooms, teams, turns and limits", course: capacity, attempts: 40_000, rounds: 20 },
  { what: "series", course: series, attempts: 8_000, rounds: 20 },
  { what: "offers to who waits", course: waitlist, attempts: 12_000, rounds: 20 },
];

test.skipIf(postgresUnavailable()).each(races)(
  "$attempts racing attempts at $what on PostgreSQL: nothing twice, nothing lost, nothing half, no error",
  async ({ what, course, attempts, rounds }) => {
    const database = await postgresDatabase({ maxConnections: 2 * CONCURRENCY });
    const startedAt = Date.now();
    const report = await runRace(database, course, { attempts, rounds, concurrency: CONCURRENCY });
    console.log(JSON.stringify({ what, ...report, seconds: (Date.now() - startedAt) / 1000 }, null, 2));
    expect([report.attempts, report.errors]).toEqual([attempts, []]);
    expect(report.faults).toEqual(Object.fromEntries(Object.keys(report.faults).map((name) => [name, 0])));
    expect(report.done.booked).toBeGreaterThan(0);
    const { rows } = await database.db.execute(
      sql`select contype from pg_constraint where conname = 'bookings_no_overlap' and conrelid = 'bookings'::regclass`,
    );
    expect(rows).toEqual([{ contype: "x" }]);
  },
  MAX_MS,
);
