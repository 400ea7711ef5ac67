import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { withSystem, withTenant } from "@/db/tenant";
import { seededRandom } from "@/emulators/http/seeded-random";
import { readStripeEvent } from "@/lib/adapters/stripe";
import { billingEventKinds, type InboxWork, startTrial, storeBillingEvent, workBillingInbox } from "@/lib/billing";
import { createTestOrganization, testContext } from "../organization";
import { billingApp, serveWebhook } from "./billing-app";
import { billingTables } from "./billing-tables";
import { compareWithStripe } from "./compare-with-stripe";
import { type Engine, stripeLife } from "./stripe-life";
import { toldEvents } from "./told-events";

const SECRET = "whsec_storm";
/** So many copies more of each event make 30 % of all deliveries copies. */
const DUPLICATE = 0.3 / 0.7;
const HOUR = 3_600_000;
/** Of these Stripe tells twice: in full, and thin. */
const THIN = ["v1.invoice.paid", "v1.customer.subscription.updated", "v1.charge.refunded"];

type Storm = { lives: number; workers: number; seed: number; ordered: Database; stormy: Database; engine: Engine };

/**
 * Lets customers live at the emulated Stripe, side by side, and has two databases hear of it. `ordered` hears every event once, in order, as
 * soon as it has happened, and works on it alone. `stormy` gets what the emulator delivers over HTTP to the route: doubled and shuffled in
 * large blocks, some while the lives go on and the rest when they are over, with as many workers at once as senders; a fifth of the customers
 * are known to it only when they have lived a while. Both have to end with the same tables, which have to agree with Stripe's own objects.
 */
export async function runStorm({ lives: count, workers, seed, ordered, stormy, engine }: Storm) {
  const { control, emulator } = engine;
  const startedAt = performance.now();
  const told = toldEvents(engine);
  const lives = await Promise.all(
    Array.from({ length: count }, (_, n) => stripeLife(engine, seededRandom(seed * 1000 + n))),
  );
  await told();

  const answers: Record<string, number> = {};
  const app = billingApp(stormy, engine, [SECRET]);
  const server = await serveWebhook(app, (status) => {
    answers[status] = (answers[status] ?? 0) + 1;
  });
  await control("/settings", { webhookConcurrency: workers });
  const endpoints = [
    { url: server.url, secret: SECRET, isThin: false, events: billingEventKinds.full },
    { url: server.url, secret: SECRET, isThin: true, events: THIN },
  ];
  await put(`${emulator.url}/_emulator/webhooks`, { endpoints });
  // About four blocks in all: a life is told in about a hundred deliveries.
  await control("/faults", { webhooks: { duplicate: DUPLICATE, shuffle: 40 * count, seed } });

  const people = await Promise.all(
    lives.map(async (life, n) => {
      const [first, second] = await Promise.all([newcomer(ordered), newcomer(stormy)]);
      const isLate = n % 5 === 4;
      await first.know(life.customer);
      if (!isLate) await second.know(life.customer);
      return { life, isLate, ordered: first, stormy: second };
    }),
  );

  let [aheadMs, isOver] = [0, false];
  const clock = { now: () => new Date(Date.now() + aheadMs) };
  const depsFor = (database: Database): InboxWork => ({
    database,
    clock,
    log: app.log,
    port: engine.port,
    contextOf: (orgId) => testContext(database, orgId),
  });
  const crowd = Array.from({ length: workers }, async () => {
    while (!isOver) if ((await workBillingInbox(depsFor(stormy))) === 0) await pause(200);
  });

  const heard = new Set<string>();
  const steps = Math.max(...lives.map((life) => life.steps.length));
  for (let step = 0; step < steps; step++) {
    await Promise.all(lives.map((life) => life.steps[step]?.()));
    for (const body of await told()) {
      const event = readStripeEvent(body);
      if (!event || !billingEventKinds.full.includes(event.kind)) continue;
      heard.add(event.id);
      await storeBillingEvent({ database: ordered, clock }, event);
      await workBillingInbox(depsFor(ordered));
    }
    if (step === Math.floor(steps / 2))
      for (const { isLate, life, stormy: second } of people) if (isLate) await second.know(life.customer);
  }
  const stormFrom = performance.now();
  await fetch(`${emulator.url}/_emulator/faults`, { method: "DELETE" });
  await control("/deliveries/settle", { timeoutMs: 600_000 });
  while ((await waiting(stormy)) > 0) {
    // Who was not known is asked for again, without the hour being waited for.
    aheadMs += HOUR;
    await pause(50);
  }
  isOver = true;
  await Promise.all(crowd);
  await server.close();
  const lastedMs = performance.now() - stormFrom;

  const faults = { otherTables: 0, otherThanStripe: 0, notApplied: 0, notTaken: 0 };
  let entries = 0;
  for (const { life, ...person } of people) {
    const first = await billingTables(ordered, person.ordered.orgId);
    const second = await billingTables(stormy, person.stormy.orgId);
    entries += second.ledger.length;
    if (JSON.stringify(first) !== JSON.stringify(second)) faults.otherTables += 1;
    const { ledger, stripe } = await compareWithStripe(engine, life.customer, second);
    if (Object.entries(stripe).some(([name, sum]) => ledger[name as keyof typeof ledger] !== sum))
      faults.otherThanStripe += 1;
  }
  const kept = await keptEvents(stormy);
  faults.notApplied = kept.total - (kept.outcomes.applied ?? 0);
  const deliveries = Object.values(answers).reduce((sum, each) => sum + each, 0);
  faults.notTaken = deliveries - (answers[200] ?? 0);
  return {
    ...{ seed, lives: count, workers, deliveries, events: kept.total, inOrder: heard.size, answers },
    duplicates: deliveries - kept.total,
    ...{ thin: kept.thin, outcomes: kept.outcomes, ledgerEntries: entries, faults },
    afterTheLivesSeconds: Math.round(lastedMs / 100) / 10,
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  };
}

async function newcomer(database: Database) {
  const { orgId, ctx } = await createTestOrganization(database);
  await startTrial(ctx);
  const know = (customer: string) =>
    withTenant(database, orgId, (tx) => tx.execute(sql`update subscriptions set customer_ref = ${customer}`));
  return { orgId, know };
}

async function keptEvents(database: Database) {
  const { rows } = await withSystem(database, (tx) =>
    tx.execute(
      sql`select outcome, count(*)::int as n, count(*) filter (where is_thin)::int as thin from billing_events group by outcome`,
    ),
  );
  const found = rows as { outcome: string | null; n: number; thin: number }[];
  return {
    total: found.reduce((sum, { n }) => sum + n, 0),
    thin: found.reduce((sum, { thin }) => sum + thin, 0),
    outcomes: Object.fromEntries(found.map(({ outcome, n }) => [String(outcome), n])) as Record<string, number>,
  };
}

const waiting = async (database: Database): Promise<number> =>
  Number(
    (
      await withSystem(database, (tx) =>
        tx.execute(sql`select count(*) as n from billing_events where done_at is null`),
      )
    ).rows[0]?.n,
  );

async function put(url: string, body: object): Promise<void> {
  const answer = await fetch(url, { method: "PUT", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
