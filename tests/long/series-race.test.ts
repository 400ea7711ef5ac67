import { expect, test } from "vitest";
import { postgresDatabase, postgresUnavailable } from "../database";
import { raceSeries } from "../race-series";

test.skipIf(postgresUnavailable())(
  "5,000 racing attempts on series: no overlap, no half series, nothing lost",
  async () => {
    const database = await postgresDatabase({ maxConnections: 20 });
    const startedAt = Date.now();
    const report = await raceSeries(database, { attempts: 5_000, concurrency: 20 });
    console.log(JSON.stringify({ ...report, seconds: (Date.now() - startedAt) / 1000 }, null, 2));
    expect(report).toMatchObject({ attempts: 5_000, overlaps: 0, unaccounted: 0, halfBooked: 0, errors: [] });
  },
);
