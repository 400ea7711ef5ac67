import { afterAll, beforeAll, expect, test } from "vitest";
import { runStorm } from "@/tests/billing/storm";
import type { Engine } from "@/tests/billing/stripe-life";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { emulatedStripe } from "@/tests/emulated-stripe";

let engine: Engine;
beforeAll(async () => {
  engine = await emulatedStripe();
});
afterAll(() => engine.emulator.close());

test.skipIf(postgresUnavailable())(
  "some 300 deliveries, 30 % copies, shuffled, ten workers at once: the tables are those of the run in order and agree with Stripe's",
  async () => {
    const [ordered, stormy] = [await postgresDatabase(), await postgresDatabase({ maxConnections: 30 })];
    const report = await runStorm({ lives: 2, workers: 10, seed: 1, ordered, stormy, engine });
    expect(report.deliveries).toBeGreaterThan(250);
    expect(report.duplicates).toBeGreaterThan(60);
    expect(report.faults, JSON.stringify(report)).toEqual({
      otherTables: 0,
      otherThanStripe: 0,
      notApplied: 0,
      notTaken: 0,
    });
  },
  60_000,
);
