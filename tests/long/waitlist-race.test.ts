import { expect, test } from "vitest";
import { postgresDatabase, postgresUnavailable } from "../database";
import { raceWaitlist } from "../race-waitlist";

test.skipIf(postgresUnavailable())(
  "10,000 racing attempts on a waiting list: one winner for each time, nothing lost",
  async () => {
    const database = await postgresDatabase({ maxConnections: 24 });
    const startedAt = Date.now();
    const report = await raceWaitlist(database, { attempts: 10_000, concurrency: 12 });
    console.log(JSON.stringify({ ...report, seconds: (Date.now() - startedAt) / 1000 }, null, 2));
    expect(report).toMatchObject({ attempts: 10_000, overlaps: 0, doubleWinners: 0, lost: 0, errors: [] });
  },
);
