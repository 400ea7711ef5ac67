import { expect, test } from "vitest";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { drillYear } from "@/tests/drills/year";

test.skipIf(postgresUnavailable())(
  "weeks of two organisations, told late, twice and out of order to a process that is killed, end with every call billed once, every invoice right, and what was planted found",
  async () => {
    const database = await postgresDatabase();
    const size = { organizations: 2, calls: 40, days: 36, workers: 1, kills: 1, seed: 3 };
    const { faults, ...figures } = await drillYear(database, size);
    expect(Object.entries(faults).filter(([, count]) => count > 0)).toEqual([]);
    expect(figures.planted).toBeGreaterThan(0);
    expect(figures).toMatchObject({ kills: 1, invoices: expect.any(Number) });
    expect(figures.invoices).toBeGreaterThan(2);
  },
  120_000,
);
