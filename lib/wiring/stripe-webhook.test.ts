import { sql } from "drizzle-orm";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withSystem, withTenant } from "@/db/tenant";
import { startTrial } from "@/lib/billing";
import { billingApp, deliverTo, serveWebhook } from "@/tests/billing/billing-app";
import { billingTables } from "@/tests/billing/billing-tables";
import type { Engine } from "@/tests/billing/stripe-life";
import { emptyPgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { emulatedStripe } from "@/tests/emulated-stripe";
import { createTestOrganization } from "@/tests/organization";
import type { App } from "./app";
import { billingInboxTask, emulatedWebhooksTask } from "./billing-inbox";

const SECRET = "whsec_current";
let database: Database;
let engine: Engine;
let app: App;
beforeAll(async () => {
  [database, engine] = await Promise.all([
    postgresUnavailable() ? emptyPgliteDatabase() : postgresDatabase(),
    emulatedStripe(),
  ]);
  app = billingApp(database, engine, [SECRET, "whsec_before"]);
});
afterAll(() => engine.emulator.close());

let serial = 0;
const event = (over: object = {}) => ({
  ...{ id: `evt_route${++serial}`, object: "event", type: "product.created", created: 1_790_000_000, account: null },
  ...{ data: { object: { id: "prod_1", object: "product" } }, ...over },
});
type Signing = { secret?: string; at?: number; header?: string | null };

async function send(body: unknown, { secret = SECRET, at = Date.now() / 1000, header }: Signing = {}, to: App = app) {
  const payload = typeof body === "string" ? body : JSON.stringify(body);
  const signature =
    header === undefined
      ? Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(at) })
      : header;
  const request = new Request("https://caly.example/api/webhooks/stripe", {
    method: "POST",
    headers: signature === null ? {} : { "stripe-signature": signature },
    body: payload,
  });
  const response = await deliverTo(to, request);
  return { status: response.status, type: response.headers.get("content-type") };
}
const countEvents = async () =>
  Number((await withSystem(database, (tx) => tx.execute(sql`select count(*) as n from billing_events`))).rows[0]?.n);
const countWaiting = async () =>
  (await withSystem(database, (tx) => tx.execute(sql`select id from billing_events where done_at is null`))).rows
    .length;
const problem = (status: number) => ({ status, type: "application/problem+json" });

it("takes what is signed with a secret of ours, once however often it comes; the secret before counts while both stand there", async () => {
  const body = event();
  expect((await send(body)).status).toBe(200);
  const before = await countEvents();
  expect((await send(body)).status).toBe(200);
  expect((await send(body, { secret: "whsec_before" })).status).toBe(200);
  expect(await countEvents()).toBe(before);
});

it("refuses with 4xx what is not signed, too old, ahead of time, too large or no event, and keeps nothing of it", async () => {
  const before = await countEvents();
  const now = Date.now() / 1000;
  const refused: [number, unknown, Signing][] = [
    [400, event(), { secret: "whsec_other" }],
    [400, event(), { header: null }],
    [400, event(), { header: "t=1,v1=00" }],
    [400, event(), { at: now - 400 }],
    [400, event(), { at: now + 400 }],
    [400, "{", {}],
    [400, "", {}],
    [400, "[]", {}],
    [400, `${"[".repeat(100)}${"]".repeat(100)}`, {}],
    [400, event({ id: "evt'; --" }), {}],
    [400, event({ id: "evt_\u0000" }), {}],
    [400, event({ type: 7 }), {}],
    [400, event({ created: 1e300 }), {}],
    [400, event({ data: null }), {}],
    [400, { id: "evt_1", object: "v2.core.event", type: "v1.invoice.paid", created: "yesterday" }, {}],
    [413, "x".repeat(1_100_000), {}],
  ];
  for (const [status, body, signing] of refused)
    expect(await send(body, signing), JSON.stringify(body).slice(0, 80)).toEqual(problem(status));
  expect(await countEvents()).toBe(before);
});

it("does not exist without a secret, and asks to be told again where the event could not be kept", async () => {
  expect(await send(event(), {}, billingApp(database, engine, []))).toEqual(problem(404));
  const broken = { ...app, database: { ...database, db: undefined, pool: undefined } } as unknown as App;
  expect(await send(event(), {}, broken)).toEqual(problem(503));
});

it("the emulator, once it is told where, delivers full and thin events that become the subscription, its invoice and its entries", async () => {
  const { stripe, control } = engine;
  const server = await serveWebhook(app);
  const old = await control("/webhooks", { url: "http://127.0.0.1:9/gone" });
  expect(old).toMatchObject({ id: expect.any(String) });
  const env = { ...app.env, appUrl: server.url, stripe: { ...app.env.stripe, webhookSecrets: [SECRET] } };
  await emulatedWebhooksTask.run({ ...app, env });
  const { orgId, ctx } = await createTestOrganization(database);
  await startTrial(ctx);
  const { id: customer } = await stripe.customers.create({});
  await withTenant(database, orgId, (tx) =>
    tx.execute(sql`update subscriptions set customer_ref = ${customer} where org_id = ${orgId}`),
  );
  const { data: prices } = await stripe.prices.list({ lookup_keys: ["caly_starter_v1_usd_month"] });
  const session = await stripe.checkout.sessions.create({
    ...{ mode: "subscription", customer, success_url: "https://caly.example/done" },
    line_items: [{ price: prices[0]?.id ?? "", quantity: 1 }],
  });
  await control(`/checkout/${session.id}/complete`, { card: { number: "4242424242424242" } });
  await stripe.billing.meterEvents.create({
    ...{ event_name: "caly_minutes", identifier: "call_of_nobody" },
    payload: { stripe_customer_id: "cus_nobody", value: "1" },
  });
  await control("/deliveries/settle", { timeoutMs: 5000 });
  await billingInboxTask.run(app, new AbortController().signal);
  await expect.poll(countWaiting, { timeout: 5000 }).toBe(0);
  const tables = await billingTables(database, orgId);
  expect(tables.subscription).toMatchObject([{ status: "active", plan: "starter", customer_ref: customer }]);
  expect(tables.invoices).toMatchObject([{ status: "paid", total: "9700" }]);
  expect(tables.ledger.map(({ cause_kind, debit_account }) => [cause_kind, debit_account])).toEqual([
    ["invoice", "billing.receivable"],
    ["payment", "billing.cash"],
  ]);
  const { rows } = await withSystem(database, (tx) =>
    tx.execute(sql`select distinct kind, is_thin, outcome from billing_events where kind like 'billing.%'`),
  );
  expect(rows).toEqual([{ kind: "billing.meter.error_report_triggered", is_thin: true, outcome: "applied" }]);
  const deliveries = (await (await fetch(`${engine.emulator.url}/_emulator/deliveries`)).json()) as {
    status?: number;
  }[];
  expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set([200]));
  await server.close();
});
