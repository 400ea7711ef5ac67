import { afterAll, beforeAll, expect, test } from "vitest";
import { runStorm } from "../billing/storm";
import type { Engine } from "../billing/stripe-life";
import { postgresDatabase, postgresUnavailable } from "../database";
import { emulatedStripe } from "../emulated-stripe";

/** Somewhat more than 130 deliveries each. */
const LIVES = 76;
const MAX_MS = 3_600_000;

let engine: Engine;
beforeAll(async () => {
  engine = await emulatedStripe();
});
afterAll(() => engine.emulator.close());

test.skipIf(postgresUnavailable())(
  "10,000 deliveries of Stripe's, 30 % copies, shuffled, ten workers at once on PostgreSQL: every table as in order, every sum as Stripe's",
  async () => {
    const [ordered, stormy] = [await postgresDatabase(), await postgresDatabase({ maxConnections: 30 })];
    const report = await runStorm({ lives: LIVES, workers: 10, seed: 7, ordered, stormy, engine });
    console.log(JSON.stringify(report, null, 2));
    expect(report.deliveries).toBeGreaterThanOrEqual(10_000);
    expect(report.duplicates / report.deliveries).toBeGreaterThan(0.28);
    expect(report.faults).toEqual({ otherTables: 0, otherThanStripe: 0, notApplied: 0, notTaken: 0 });
  },
  MAX_MS,
);
