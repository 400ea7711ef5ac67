import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { organizations } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { startCheckout } from "@/lib/billing";
import { MemoryKv } from "@/lib/platform/kv";
import { createLogger } from "@/lib/platform/logger";
import { emptyPgliteDatabase } from "@/tests/database";
import { emulatedStripe, subscriptionRow } from "@/tests/emulated-stripe";
import { HOUR, meteredBusiness, type OpenMeter, openMeter } from "@/tests/metered-business";
import { createTestOrganization, testContext } from "@/tests/organization";
import type { App } from "./app";
import { billingTasks, reconcileAll } from "./billing-workers";
import { runCronJob } from "./cron";

let database: Database;
let meter: OpenMeter;
beforeAll(async () => {
  database = await emptyPgliteDatabase();
  meter = await openMeter();
});
afterAll(() => meter.close());

const appAt = (emulatorUrl: string) =>
  ({
    env: { stripe: { secretKey: undefined, emulatorUrl, webhookSecrets: [] }, vapi: {} },
    database,
    clock: meter.clock,
    keys: testContext(database, "org_none").keys,
    log: createLogger({ level: "silent" }),
    kv: new MemoryKv(),
  }) as unknown as App;
const runTask = (app: App, task: string, signal = new AbortController().signal) =>
  billingTasks.find(({ name }) => name === task)?.run(app, signal);

it("minutes that wait are sent, and what Stripe lost of them is found when somebody asks", async () => {
  const app = appAt(meter.emulator.url);
  const made = await meteredBusiness(database, meter);
  const lost = await made.call(4, 5 * HOUR);
  await made.call(3, 6 * HOUR);
  await runTask(app, "send-usage");
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

it("comparing that is cut short after each organisation still comes to all of them, in turn", async () => {
  await meteredBusiness(database, meter);
  await meteredBusiness(database, meter);
  const { db } = database;
  const { rows } = await db.execute(sql`select count(*)::int as n from organizations where deleted_at is null`);
  const all = (rows[0] as { n: number }).n;
  const app = appAt(meter.emulator.url);
  const turns: unknown[] = [];
  for (let n = 0; n <= all; n++) {
    const { isCut, organizations } = await reconcileAll(app, abortedAfter(1));
    if (!isCut) break;
    turns.push(await app.kv.get("reconcile-billing:after"));
    expect(organizations).toBe(1);
  }
  expect(new Set(turns).size).toBe(all - 1);
  expect(await reconcileAll(app, new AbortController().signal)).toMatchObject({ organizations: all, isCut: false });
});

/** Time that is over once it was asked for so often. */
const abortedAfter = (times: number): AbortSignal => {
  let asked = 0;
  return {
    ...new AbortController().signal,
    get aborted() {
      return ++asked > times;
    },
  } as AbortSignal;
};

it("what closed organisations paid for ends, though nobody had heard of the payments and the jobs are long over, also where there is time for one of them alone", async () => {
  const engine = await emulatedStripe();
  const returnUrl = "https://caly.example/o/t/billing";
  const choice = { plan: "starter", every: "month", returnUrl, cancelUrl: returnUrl } as const;
  const paid = async () => {
    const { ctx, as, orgId } = await createTestOrganization(database);
    const asked = await startCheckout(as("owner"), engine.port, choice);
    await engine.pay(asked.ok ? asked.value.url : asked.reason);
    const customer = (await subscriptionRow(ctx))?.customerRef ?? "";
    const isEnding = async () => (await engine.stripe.subscriptions.list({ customer })).data[0]?.cancel_at_period_end;
    return { orgId, isEnding };
  };
  const both = [await paid(), await paid()];
  const app = appAt(engine.emulator.url);
  const ending = () => Promise.all(both.map(({ isEnding }) => isEnding()));
  await runTask(app, "end-closed-subscriptions");
  expect(await ending()).toEqual([false, false]);
  for (const { orgId } of both)
    await withTenant(database, orgId, (tx) =>
      tx.update(organizations).set({ deletedAt: new Date() }).where(eq(organizations.id, orgId)),
    );
  for (let n = 0; n < 2; n++) await runTask(app, "end-closed-subscriptions", abortedAfter(1));
  expect(await ending()).toEqual([true, true]);
  await engine.emulator.close();
});
