import { expect, it } from "vitest";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { runRace } from "@/tests/races/run-race";
import { waitlist } from "@/tests/races/waitlist";

it.skipIf(postgresUnavailable())(
  "offers race with callers on PostgreSQL: one winner for each time, no overlap, nothing lost, no deadlock shows",
  async () => {
    const database = await postgresDatabase({ maxConnections: 12 });
    const report = await runRace(database, waitlist, { attempts: 400, concurrency: 6 });
    expect(report).toMatchObject({ attempts: 400, errors: [], faults: { overlaps: 0, doubleWinners: 0, lost: 0 } });
    for (const kind of ["joined", "offered", "accepted", "booked", "cancelled"])
      expect(Object.keys(report.done)).toContain(kind);
  },
  120_000,
);
