import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { postgresDatabase, postgresUnavailable } from "../database";
import { raceBookings } from "../race-bookings";
import { raceCapacity } from "../race-capacity";

const unavailable = postgresUnavailable();

async function timed<T>(race: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const report = await race();
  console.log(JSON.stringify({ ...report, seconds: (Date.now() - startedAt) / 1000 }, null, 2));
  return report;
}

test.skipIf(unavailable)(
  "40,000 racing attempts over a few people on PostgreSQL: no overlap, nothing lost",
  async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const report = await timed(() => raceBookings(database, { attempts: 40_000, concurrency: 20 }));
    expect(report).toMatchObject({ attempts: 40_000, overlaps: 0, unaccounted: 0, errors: [] });
    expect(report.booked).toBeGreaterThan(0);
    const { rows } = await database.db.execute(
      sql`select contype from pg_constraint where conname = 'bookings_no_overlap' and conrelid = 'bookings'::regclass`,
    );
    expect(rows).toEqual([{ contype: "x" }]);
  },
);

test.skipIf(unavailable)(
  "50,000 racing attempts on seats, rooms, teams, turns and limits: nothing twice, nothing over-full, nothing half",
  async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const report = await timed(() => raceCapacity(database, { attempts: 50_000, concurrency: 20 }));
    const nothing = { overlaps: 0, roomsTwice: 0, overFull: 0, incomplete: 0, overLimit: 0, unaccounted: 0 };
    expect(report).toMatchObject({ attempts: 50_000, errors: [], ...nothing });
    expect(report.booked).toBeGreaterThan(0);
  },
);
