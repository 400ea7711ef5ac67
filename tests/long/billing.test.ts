import { expect, test } from "vitest";
import { postgresDatabase, postgresUnavailable } from "../database";
import { drillYear } from "../drills/year";

/** On a busy machine. */
const MAX_MS = 3 * 3_600_000;

test.skipIf(postgresUnavailable())(
  "a year of 200 organisations and 100,000 calls with five kills: every call billed once, every invoice right to the cent, what was planted found and nothing else",
  async () => {
    const database = await postgresDatabase();
    const startedAt = Date.now();
    const size = { organizations: 200, calls: 100_000, days: 365, workers: 3, kills: 5, seed: 1 };
    const { faults, ...figures } = await drillYear(database, size);
    console.log(JSON.stringify({ ...figures, faults, seconds: (Date.now() - startedAt) / 1000 }, null, 2));
    expect(faults).toEqual(Object.fromEntries(Object.keys(faults).map((name) => [name, 0])));
    expect(figures.kills).toBe(5);
  },
  MAX_MS,
);
