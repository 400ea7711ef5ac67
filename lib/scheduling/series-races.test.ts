import { expect, it } from "vitest";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { raceSeries } from "@/tests/race-series";

it.skipIf(postgresUnavailable())(
  "series and single bookings race on PostgreSQL: no overlap, no half series, nothing lost, no deadlock shows",
  async () => {
    const database = await postgresDatabase({ maxConnections: 12 });
    const report = await raceSeries(database, { attempts: 240, concurrency: 12 });
    expect(report).toMatchObject({ attempts: 240, overlaps: 0, unaccounted: 0, halfBooked: 0, errors: [] });
    for (const kind of ["series", "booked", "moved", "cancelled"] as const)
      expect([kind, report[kind] > 0]).toEqual([kind, true]);
  },
  120_000,
);
