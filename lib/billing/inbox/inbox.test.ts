import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withSystem, withTenant } from "@/db/tenant";
import { type SeededRandom, seededRandom } from "@/emulators/http/seeded-random";
import { readStripeEvent } from "@/lib/adapters/stripe";
import { createLogger } from "@/lib/platform/logger";
import { billingTables } from "@/tests/billing/billing-tables";
import { compareWithStripe } from "@/tests/billing/compare-with-stripe";
import { runStorm } from "@/tests/billing/storm";
import { type Engine, stripeLife } from "@/tests/billing/stripe-life";
import { toldEvents } from "@/tests/billing/told-events";
import { emptyPgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { emulatedStripe } from "@/tests/emulated-stripe";
import { createTestOrganization } from "@/tests/organization";
import {
  applyInvoice,
  applySubscription,
  catchUp,
  nextReading,
  purgeBillingEvents,
  startTrial,
  storeBillingEvent,
  workBillingInbox,
} from "..";
import type { BillingPort } from "../ports";

/** The inbox is of all organisations. */
const ownDatabase = (): Promise<Database> => (postgresUnavailable() ? emptyPgliteDatabase() : postgresDatabase());
let database: Database;
let engine: Engine;
beforeAll(async () => {
  [database, engine] = await Promise.all([ownDatabase(), emulatedStripe()]);
});
afterAll(() => engine.emulator.close());

const log = createLogger({ level: "silent" });
let now = new Date("2026-11-21T12:00:00Z");
const clock = { now: () => now };
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};

/** Answers that are a while on their way, so that what they say may be old when it arrives. */
function slow(port: BillingPort, random: SeededRandom): BillingPort {
  const late = Object.entries(port).map(([name, ask]) => [
    name,
    async (...given: unknown[]) => {
      const answer = await (ask as (...asked: unknown[]) => Promise<unknown>)(...given);
      await new Promise((resolve) => setTimeout(resolve, random.between(0, 60)));
      return answer;
    },
  ]);
  return Object.fromEntries(late) as BillingPort;
}

async function organization(customer: string | null, port: BillingPort = engine.port, its: Database = database) {
  const { orgId, ctx } = await createTestOrganization(its, { now: clock });
  await startTrial(ctx);
  const know = (ref: string) =>
    withTenant(its, orgId, (tx) => tx.execute(sql`update subscriptions set customer_ref = ${ref}`));
  if (customer) await know(customer);
  const deps = { database: its, log, clock, port, contextOf: (id: string) => ({ ...ctx, orgId: id }) };
  return { orgId, ctx, know, work: () => workBillingInbox(deps) };
}

const outcomeOf = async (id: string) =>
  (await withSystem(database, (tx) => tx.execute(sql`select outcome from billing_events where id = ${id}`))).rows[0]
    ?.outcome;

async function store(body: unknown, its = database) {
  const event = readStripeEvent(body);
  if (!event) throw new Error("no event");
  return storeBillingEvent({ database: its, clock }, event);
}

it("whenever, in whatever order and however often the events of a life come, the tables end as if they had come at once and in order", async () => {
  const seed = Math.floor(Math.random() * 1e6);
  const random = seededRandom(seed);
  const other = await ownDatabase();
  const life = await stripeLife(engine, random);
  const tell = toldEvents(engine);
  await tell();
  const inOrder = await organization(life.customer);
  const mixedUp = await organization(life.customer, slow(engine.port, random), other);
  let waiting: Record<string, unknown>[] = [];
  const working: Promise<unknown>[] = [];
  for (const live of life.steps) {
    await live();
    const fresh = await tell();
    for (const event of fresh) await store(event);
    await inOrder.work();
    // The other hears some of it, late, mixed up and twice, and is still at it when life goes on.
    const taken = [...waiting, ...fresh].filter(() => random.chance(0.4));
    waiting = [...waiting, ...fresh].filter((event) => !taken.includes(event));
    for (const event of random.shuffle([...taken, ...taken.filter(() => random.chance(0.4))]))
      await store(event, other);
    working.push(mixedUp.work());
  }
  for (const event of random.shuffle(waiting)) await store(event, other);
  await Promise.all([...working, mixedUp.work()]);
  const first = await billingTables(database, inOrder.orgId);
  expect(first.invoices.length).toBeGreaterThan(8);
  expect(first.items.map(({ kind }) => kind)).toEqual(["unknown_payment"]);
  expect(await billingTables(other, mixedUp.orgId), `seed ${seed}`).toEqual(first);

  const { ledger, stripe } = await compareWithStripe(engine, life.customer, first);
  expect(ledger).toEqual(stripe);
}, 120_000);

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

it("an event that was done with is forgotten after ninety days, one that waits is not", async () => {
  const done = told("product.created", { object: "product", id: "prod_old" });
  const waiting = told("invoice.paid", { object: "invoice", id: "in_old", customer: "cus_nobody" });
  for (const event of [done, waiting]) await store(event);
  const idsAfter = async (days: number) => {
    await purgeBillingEvents({ database, clock: { now: () => new Date(now.getTime() + days * 86_400_000) } });
    const { rows } = await withSystem(database, (tx) =>
      tx.execute(sql`select id from billing_events where id in (${done.id}, ${waiting.id}) order by received_at, id`),
    );
    return rows.map(({ id }) => id).sort();
  };
  expect(await idsAfter(89)).toEqual([done.id, waiting.id].sort());
  expect(await idsAfter(91)).toEqual([waiting.id]);
  await withSystem(database, (tx) => tx.execute(sql`delete from billing_events where id = ${waiting.id}`));
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

it("nor does an older reading of an invoice", async () => {
  const { customer } = await subscribed();
  const { stripe, port } = engine;
  const org = await organization(customer);
  await stripe.invoiceItems.create({ customer, amount: 700, currency: "usd" });
  const { id } = await stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  await stripe.invoices.finalizeInvoice(id, { auto_advance: false });
  const read = async () => {
    const invoice = await port.readInvoice(id);
    if (!invoice) throw new Error("not there");
    return { invoice, readingNo: await nextReading(org.ctx) };
  };
  const open = await read();
  await stripe.invoices.pay(id);
  expect(await applyInvoice(org.ctx, await read())).toBe("changed");
  expect(await applyInvoice(org.ctx, open)).toBe("older");
  expect((await billingTables(database, org.orgId)).invoices).toMatchObject([{ ref: id, status: "paid" }]);
});

it("what no event told of is caught up with, and a draft that was deleted is no invoice any more", async () => {
  const { customer, subscription, invoice } = await subscribed();
  const org = await organization(customer);
  const span = { from: new Date(Date.now() - 86_400_000), to: new Date(Date.now() + 86_400_000) };
  const draft = await engine.stripe.invoices.create({ customer });
  expect(await catchUp(org.ctx, engine.port, span)).toBe(3);
  const caught = await billingTables(database, org.orgId);
  expect(caught.subscription).toMatchObject([{ status: "active", subscription_ref: subscription }]);
  expect(caught.ledger.map(({ cause_kind }) => cause_kind)).toEqual(["invoice", "payment"]);
  expect(await catchUp(org.ctx, engine.port, span)).toBe(0);
  const note = await engine.stripe.creditNotes.create({ invoice, amount: 500, credit_amount: 500 });
  expect(await catchUp(org.ctx, engine.port, span)).toBe(1);
  const credited = await billingTables(database, org.orgId);
  expect(credited.ledger.filter(({ cause_id }) => cause_id === note.id)).toMatchObject([{ cause_kind: "credit_note" }]);
  expect(await catchUp(org.ctx, engine.port, span)).toBe(0);
  await engine.stripe.invoices.del(draft.id);
  await store(told("invoice.deleted", { object: "invoice", id: draft.id, customer }));
  await org.work();
  const after = await billingTables(database, org.orgId);
  expect(after.invoices.find(({ ref }) => ref === draft.id)?.status).toBe("void");
  expect(after.ledger.filter(({ cause_kind }) => cause_kind !== "credit_note")).toEqual(caught.ledger);
});

it("two subscriptions of one customer are told to an operator until one of them is over", async () => {
  const { customer, subscription } = await subscribed();
  const org = await organization(customer);
  const { data } = await engine.stripe.prices.list({ lookup_keys: ["caly_growth_v1_usd_month"] });
  const second = await engine.stripe.subscriptions.create({ customer, items: [{ price: data[0]?.id ?? "" }] });
  const hear = async () => {
    await store(told("customer.subscription.updated", { object: "subscription", id: second.id, customer }));
    await org.work();
    return (await billingTables(database, org.orgId)).items;
  };
  await hear();
  expect(await hear()).toMatchObject([{ kind: "two_subscriptions", subject: customer, is_open: true }]);
  await engine.stripe.subscriptions.cancel(subscription);
  expect(await hear()).toMatchObject([{ kind: "two_subscriptions", is_open: false }]);
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
