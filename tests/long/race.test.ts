import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { postgresDatabase, postgresUnavailable } from "../database";
import { raceBookings } from "../race-bookings";

const unavailable = postgresUnavailable();

test.skipIf(unavailable)(
  "20,000 racing attempts over a few people on PostgreSQL: no overlap, nothing lost",
  async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const startedAt = Date.now();
    const report = await raceBookings(database, { attempts: 20_000, concurrency: 20 });
    console.log(JSON.stringify({ ...report, seconds: (Date.now() - startedAt) / 1000 }, null, 2));
    expect(report).toMatchObject({ attempts: 20_000, overlaps: 0, unaccounted: 0, errors: [] });
    expect(report.booked).toBeGreaterThan(0);
    const { rows } = await database.db.execute(
      sql`select contype from pg_constraint where conname = 'bookings_no_overlap' and conrelid = 'bookings'::regclass`,
    );
    expect(rows).toEqual([{ contype: "x" }]);
  },
);
