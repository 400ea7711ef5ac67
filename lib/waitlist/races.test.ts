import { expect, it } from "vitest";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { raceWaitlist } from "@/tests/race-waitlist";

it.skipIf(postgresUnavailable())(
  "offers race with callers on PostgreSQL: one winner for each time, no overlap, nothing lost, no deadlock shows",
  async () => {
    const database = await postgresDatabase({ maxConnections: 12 });
    const report = await raceWaitlist(database, { attempts: 400, concurrency: 6 });
    expect(report).toMatchObject({ attempts: 400, overlaps: 0, doubleWinners: 0, lost: 0, errors: [] });
    for (const kind of ["joined", "offered", "accepted", "booked", "cancelled"] as const)
      expect([kind, report[kind] > 0]).toEqual([kind, true]);
  },
  120_000,
);
