import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withSystem, withTenant } from "@/db/tenant";
import { seededRandom } from "@/emulators/http/seeded-random";
import { readStripeEvent } from "@/lib/adapters/stripe";
import { createLogger } from "@/lib/platform/logger";
import { billingTables } from "@/tests/billing/billing-tables";
import { compareWithStripe } from "@/tests/billing/compare-with-stripe";
import { runStorm } from "@/tests/billing/storm";
import { type Engine, stripeLife } from "@/tests/billing/stripe-life";
import { toldEvents } from "@/tests/billing/told-events";
import { anyDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { emulatedStripe } from "@/tests/emulated-stripe";
import { createTestOrganization } from "@/tests/organization";
import { applySubscription, nextReading, startTrial, storeBillingEvent, workBillingInbox } from "..";
import type { BillingPort } from "../ports";

let database: Database;
let engine: Engine;
beforeAll(async () => {
  [database, engine] = await Promise.all([anyDatabase(), emulatedStripe()]);
});
afterAll(() => engine.emulator.close());

const log = createLogger({ level: "silent" });
let now = new Date("2026-11-21T12:00:00Z");
const clock = { now: () => now };
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};

/** The same life seen by several organisations at once: each has names of its own for everything at Stripe. */
function namedFor(port: BillingPort, mark: string): BillingPort {
  const isRef = (text: string) => /^(sub|in|il|inpay|ch|re|du|cn|cus|cs)_\w+$/.test(text);
  const rename = (value: unknown, change: (ref: string) => string): unknown => {
    if (typeof value === "string") return isRef(value) ? change(value) : value;
    if (Array.isArray(value)) return value.map((each) => rename(each, change));
    if (value === null || typeof value !== "object" || value instanceof Date) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rename(each, change)]));
  };
  const named = Object.entries(port).map(([name, ask]) => [
    name,
    async (...given: unknown[]) =>
      rename(
        await (ask as (...asked: unknown[]) => Promise<unknown>)(
          ...given.map((each) => rename(each, (ref) => ref.replace(/x\w{8}$/, ""))),
        ),
        (ref) => ref + mark,
      ),
  ]);
  return Object.fromEntries(named) as BillingPort;
}

async function organization(customer: string | null, port: BillingPort = engine.port) {
  const { orgId, ctx } = await createTestOrganization(database, { now: clock });
  await startTrial(ctx);
  const know = (ref: string) =>
    withTenant(database, orgId, (tx) => tx.execute(sql`update subscriptions set customer_ref = ${ref}`));
  if (customer) await know(customer);
  const deps = { database, log, clock, port, contextOf: (id: string) => ({ ...ctx, orgId: id }) };
  return { orgId, ctx, know, work: () => workBillingInbox(deps) };
}

const outcomeOf = async (id: string) =>
  (await withSystem(database, (tx) => tx.execute(sql`select outcome from billing_events where id = ${id}`))).rows[0]
    ?.outcome;

async function store(body: unknown) {
  const event = readStripeEvent(body);
  if (!event) throw new Error("no event");
  return storeBillingEvent({ database, clock }, event);
}

it("whenever, in whatever order and however often the events of a life come, the tables end as if they had come at once and in order", async () => {
  const seed = 10 + Math.floor(Math.random() * 90);
  const random = seededRandom(seed);
  const life = await stripeLife(engine, random);
  const told = toldEvents(engine);
  await told();
  const readers = await Promise.all(
    Array.from({ length: 2 }, async (_, n) => {
      const mark = `x${seed}00000${n}`;
      const port = namedFor(engine.port, mark);
      return {
        n,
        mark,
        waiting: [] as Record<string, unknown>[],
        ...(await organization(life.customer + mark, port)),
      };
    }),
  );
  for (const [step, live] of [...life.steps, async () => {}].entries()) {
    await live();
    const fresh = await told();
    for (const reader of readers) {
      const isLast = step === life.steps.length;
      reader.waiting.push(...fresh);
      // The first takes everything at once and in order; the others some of it, late, mixed up and twice.
      const taken = reader.n === 0 || isLast ? reader.waiting : reader.waiting.filter(() => random.chance(0.3));
      reader.waiting = isLast ? [] : reader.waiting.filter((event) => !taken.includes(event));
      const twice = reader.n === 0 ? taken : random.shuffle([...taken, ...taken.filter(() => random.chance(0.4))]);
      for (const event of twice)
        await store(
          JSON.parse(
            JSON.stringify(event).replaceAll(/"((?:evt|sub|in|ch|re|du|cn|cus|cs)_\w+)"/g, `"$1${reader.mark}"`),
          ),
        );
      await reader.work();
    }
  }
  const [first, ...others] = await Promise.all(
    readers.map(async ({ orgId, mark }) =>
      JSON.parse(JSON.stringify(await billingTables(database, orgId)).replaceAll(mark, "")),
    ),
  );
  expect(first.invoices.length).toBeGreaterThan(8);
  expect(first.items.map(({ kind }: { kind: string }) => kind)).toEqual(["unknown_payment"]);
  for (const other of others) expect(other, `seed ${seed}`).toEqual(first);

  const { ledger, stripe } = await compareWithStripe(engine, life.customer, first);
  expect(ledger).toEqual(stripe);
});

const told = (kind: string, object: Record<string, unknown>, id = `evt_${Math.random().toString(36).slice(2)}`) => ({
  ...{ id, object: "event", type: kind, created: 1_790_000_000 },
  data: { object },
});

async function subscribed() {
  const { stripe } = engine;
  const { id: customer } = await stripe.customers.create({ payment_method: "pm_card_visa" });
  const [method] = (await stripe.customers.listPaymentMethods(customer)).data;
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method?.id ?? "" } });
  const { data } = await stripe.prices.list({ lookup_keys: ["caly_starter_v1_usd_month"] });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: data[0]?.id ?? "" }] });
  return { customer, subscription: subscription.id, invoice: String(subscription.latest_invoice) };
}

it("an event of a customer nobody knows yet waits until somebody does; of one nobody gets to know it is kept, and told to who watches", async () => {
  const { customer, subscription, invoice } = await subscribed();
  const errors: unknown[] = [];
  const org = await organization(null);
  const deps = {
    ...{ database, clock, port: engine.port, contextOf: () => org.ctx },
    log: { ...log, error: (what: unknown) => errors.push(what), warn: () => {} } as unknown as typeof log,
  };
  const early = told("checkout.session.completed", { object: "checkout.session", id: "cs_1", customer });
  expect([await store(early), await store(early)]).toEqual(["stored", "known"]);
  expect(await workBillingInbox(deps)).toBe(0);
  expect(await outcomeOf(early.id)).toBeNull();
  await org.know(customer);
  expect(await workBillingInbox(deps)).toBe(0);
  later(11);
  expect(await workBillingInbox(deps)).toBe(1);
  expect((await billingTables(database, org.orgId)).subscription).toMatchObject([
    { plan: "starter", status: "active", subscription_ref: subscription },
  ]);

  await org.know("cus_another");
  const late = told("invoice.paid", { object: "invoice", id: invoice, customer });
  await store(late);
  for (let tries = 0; tries < 30 && (await outcomeOf(late.id)) === null; tries++) {
    await workBillingInbox(deps);
    later(3600);
  }
  expect(await outcomeOf(late.id)).toBe("unknown_customer");
  expect(errors).toEqual([{ eventId: late.id, kind: "invoice.paid", outcome: "unknown_customer" }]);
});

it("while Stripe is away an event waits longer and longer; what is not there, not ours or nothing we follow is done with at once", async () => {
  const { customer, invoice } = await subscribed();
  let isAway = true;
  const asked: number[] = [];
  const org = await organization(customer, {
    ...engine.port,
    readInvoice(ref) {
      asked.push(now.getTime());
      return isAway ? Promise.reject(new Error("away")) : engine.port.readInvoice(ref);
    },
  });
  const paid = told("invoice.paid", { object: "invoice", id: invoice, customer });
  await store(paid);
  for (let second = 0; second < 600; second += 5) {
    await org.work();
    later(5);
  }
  expect(asked.map((at) => (at - (asked[0] ?? 0)) / 1000)).toEqual([0, 10, 40, 100, 400]);
  isAway = false;
  later(900);
  await org.work();
  expect(await outcomeOf(paid.id)).toBe("applied");
  const others = [
    told("invoice.paid", { object: "invoice", id: "in_gone", customer }),
    told("charge.succeeded", { object: "charge", id: "ch_gone" }),
    told("product.created", { object: "product", id: "prod_1" }),
    { ...told("invoice.paid", { object: "invoice", id: invoice, customer }), account: "acct_salon" },
  ];
  for (const event of others) await store(event);
  await org.work();
  expect(await Promise.all(others.map(({ id }) => outcomeOf(id)))).toEqual(["gone", "gone", "ignored", "ignored"]);
});

it("what is read to be another thing than was posted for the same cause is a difference somebody sees, and the ledger keeps what it had", async () => {
  const { customer, invoice } = await subscribed();
  let isOtherwise = false;
  const org = await organization(customer, {
    ...engine.port,
    async readInvoice(ref) {
      const read = await engine.port.readInvoice(ref);
      return isOtherwise && read ? { ...read, lines: read.lines.map((line) => ({ ...line, kind: "minutes" })) } : read;
    },
  });
  const again = async () => {
    await store(told("invoice.updated", { object: "invoice", id: invoice, customer }));
    await org.work();
    return billingTables(database, org.orgId);
  };
  const before = await again();
  expect(before.items).toEqual([]);
  isOtherwise = true;
  await again();
  const after = await again();
  expect(after.ledger).toEqual(before.ledger);
  expect(after.items).toMatchObject([{ kind: "invoice_differs", subject: invoice, is_open: true }]);
});

it("an older reading never takes back what a later one showed, and what changed nothing is not told of", async () => {
  const { customer, subscription } = await subscribed();
  const org = await organization(customer);
  const read = async () => {
    const found = await engine.port.readSubscriptionOf(customer);
    if (!found) throw new Error("not there");
    return found;
  };
  const apply = async (readingNo: bigint) => applySubscription(org.ctx, { subscription: await read(), readingNo });
  const before = await read();
  await engine.stripe.subscriptions.update(subscription, { cancel_at_period_end: true });
  const [first, second] = [await nextReading(org.ctx), await nextReading(org.ctx)];
  expect(await apply(second)).toBe("changed");
  expect(await applySubscription(org.ctx, { subscription: before, readingNo: first })).toBe("older");
  expect(await apply(await nextReading(org.ctx))).toBe("unchanged");
  const { rows } = await withTenant(database, org.orgId, (tx) =>
    tx.execute(sql`
      select a.changes from audit_entries a where a.action = 'subscription.changed' and a.actor_label = 'test' order by a.id desc limit 1`),
  );
  expect(rows[0]?.changes).toMatchObject({
    subscriptionRef: { from: null, to: subscription },
    cancelAt: { from: null },
  });
});

it.skipIf(postgresUnavailable())(
  "some 300 deliveries, 30 % copies, shuffled, ten workers at once: the tables are those of the run in order and agree with Stripe's",
  async () => {
    const [ordered, stormy] = [await postgresDatabase(), await postgresDatabase({ maxConnections: 30 })];
    const report = await runStorm({ lives: 2, workers: 10, seed: 1, ordered, stormy, engine });
    expect(report.deliveries).toBeGreaterThan(250);
    expect(report.duplicates).toBeGreaterThan(60);
    expect(report.faults, JSON.stringify(report)).toEqual({
      ...{ otherTables: 0, otherThanStripe: 0, notApplied: 0, notTaken: 0 },
    });
  },
  120_000,
);
