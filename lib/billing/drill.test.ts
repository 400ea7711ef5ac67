import { expect, test } from "vitest";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { drillUsage } from "@/tests/drills/usage";

test.skipIf(postgresUnavailable())(
  "calls counted by two processes of which one is killed, told things twice and out of order, are counted once and right",
  async () => {
    const database = await postgresDatabase();
    const drill = await drillUsage(database, { organizations: 2, calls: 120, workers: 2, kills: 1 });
    expect(drill.faults).toEqual({
      callsNotCountedOnce: 0,
      callsCountedWrong: 0,
      organizationsWrong: 0,
      unbalanced: 0,
      sumsWrong: 0,
    });
    expect(drill.corrections).toBeGreaterThan(0);
  },
  120_000,
);
