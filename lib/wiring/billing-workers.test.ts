import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { createLogger } from "@/lib/platform/logger";
import { emptyPgliteDatabase } from "@/tests/database";
import { HOUR, meteredBusiness, type OpenMeter, openMeter } from "@/tests/metered-business";
import { testContext } from "@/tests/organization";
import type { App } from "./app";
import { billingTasks } from "./billing-workers";
import { runCronJob } from "./cron";

let database: Database;
let meter: OpenMeter;
beforeAll(async () => {
  database = await emptyPgliteDatabase();
  meter = await openMeter();
});
afterAll(() => meter.close());

it("minutes that wait are sent, and what Stripe lost of them is found when somebody asks", async () => {
  const { keys } = testContext(database, "org_none");
  const app = {
    env: { stripe: { secretKey: undefined, emulatorUrl: meter.emulator.url, webhookSecrets: [] }, vapi: {} },
    database,
    clock: meter.clock,
    keys,
    log: createLogger({ level: "silent" }),
  } as unknown as App;
  const made = await meteredBusiness(database, meter);
  const lost = await made.call(4, 5 * HOUR);
  await made.call(3, 6 * HOUR);
  await billingTasks.find(({ name }) => name === "send-usage")?.run(app, new AbortController().signal);
  expect(await made.counted()).toBe(7);
  await meter.skip(2 * HOUR);
  expect(await runCronJob(app, "reconcile-billing")).toMatchObject({
    organizations: 1,
    calls: 2,
    failed: 0,
    found: {},
  });
  await meter.control("POST", `/meter-events/${lost}_0/lose`, {});
  expect(await runCronJob(app, "reconcile-billing")).toMatchObject({ found: { lost_meter_event: 1 } });
});
