import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { applyProposal, cancelSubscription, changePlan, previewPlanChange, startCheckout } from "@/lib/billing";
import { fixedClock } from "@/lib/platform/clock";
import type { Context } from "@/lib/platform/context";
import { createTestOrganization } from "../organization";
import { seedConnection } from "../seed-call";
import { insertCalls } from "./insert-calls";
import { seeded } from "./usage-calls";
import { checkYear } from "./year-check";
import type { Checked } from "./year-checking";
import { HOUR, type MadeOrg, madeYear, stepAt } from "./year-plan";
import type { Life } from "./year-recount";
import { type Planted, plantDifferences } from "./year-seeds";
import { openYearStripe, type YearStripe } from "./year-stripe";
import { startWorkers } from "./year-workers";

export type YearSize = {
  organizations: number;
  calls: number;
  days: number;
  workers: number;
  kills: number;
  seed: number;
};

/** An organisation of the drill, its owner, and when what happened to it happened. */
export type DrillOrg = MadeOrg & {
  orgId: string;
  connectionId: string;
  owner(now: number): Context;
  life: Life | undefined;
  customerRef: string;
};

export type YearDrill = Checked & {
  organizations: number;
  calls: number;
  days: number;
  kills: number;
  announced: number;
};

const MINUTE = 60_000;
/** Minutes after a step's beginning at which what had to wait is tried again; all before a renewal's invoice is closed. */
const ROUNDS = [0, 2, 5, 10, 20, 40];

/**
 * A year of organisations that subscribe, change, fail to pay, are refunded and cancel, with their calls, told late, twice and out of order, to
 * processes that are killed, over a Stripe that fails. What came of it is recomputed by other means; then the sides are compared, and what was
 * planted has to be found and nothing else.
 */
export async function drillYear(database: Database & { url: string }, size: YearSize): Promise<YearDrill> {
  const year = madeYear(size);
  const engine = await openYearStripe(database);
  const orgs = await makeOrgs(database, year.orgs);
  await insertCalls(database, year.calls, orgs);
  const orgList = orgs.map(({ orgId }) => orgId).join();
  const workers = startWorkers([database.url, engine.url, orgList, JSON.stringify(size)], size.workers, () =>
    forgetLeases(database, orgs),
  );
  const random = seeded(size.seed + 1);
  const deaths = new Set(
    Array.from({ length: size.kills }, (_, n) => Math.floor(((n + 0.5) / size.kills) * year.steps)),
  );
  const busy = new Set(year.told.map(({ step }) => step));
  let owed = 0;
  const planted: Planted = { lost: [], doubled: [], refunds: [], items: [], disputes: [], notes: [] };
  const plantEvery = Math.ceil(year.steps / 5);
  const lastPlanting = 12 + plantEvery * Math.floor((year.steps + 7 - 12) / plantEvery);
  try {
    for (let step = 0; step < year.steps + 8; step++) {
      await engine.moveTo(stepAt(step));
      await happen(engine, orgs, step);
      // Events that are lost come to light within a day; what is planted last must be found by comparing.
      const losesEvents = step < lastPlanting - 2;
      const isFaulty = step % 9 === 4;
      const isNight = step % 9 === 6 && step < lastPlanting;
      if (isFaulty) await engine.control("POST", "/faults", faults(losesEvents ? 0.1 : 0));
      for (const [n, minutes] of ROUNDS.entries()) {
        const now = stepAt(step) + minutes * MINUTE;
        await engine.moveTo(now);
        await engine.settle();
        if (n === 0 && deaths.has(step)) owed++;
        const before = workers.kills();
        if (n === 0 && !busy.has(step) && !isNight && !(await isWaiting(database, now))) break;
        // Who was done before their time dies at another step.
        const dies = n === 0 && owed > 0 ? 4 + Math.floor(random() * 40) : undefined;
        await workers.round({ now, step: n === 0 ? step : null, isNight: n === 0 && isNight }, dies);
        owed -= workers.kills() - before;
        if (isFaulty && n === 2) await engine.control("DELETE", "/faults");
        await engine.settle();
        if (!(await isWaiting(database, now))) break;
      }
      // What was held back comes by the next step, not weeks later.
      if (isFaulty) await engine.control("DELETE", "/faults");
      const now = engine.clock.now().getTime();
      await changePlans(engine, orgs, step, now);
      if (step % 60 === 59 || step === year.steps + 6) await applyLate(database, engine, orgs, now);
      if (step % plantEvery === 12) {
        const isLast = step === lastPlanting;
        await plantDifferences({ database, engine, orgs, year, step, isLast, now, planted, random });
      }
    }
    const announced = (await engine.control("GET", "/state")).events as number;
    const checked = await checkYear({ database, engine, orgs, year, planted, now: engine.clock.now().getTime() });
    const { organizations, calls, days } = size;
    return { organizations, calls, days, kills: workers.kills(), announced, ...checked };
  } finally {
    await workers.stop();
    await engine.close();
  }
}

const path = "/v1/billing/meter_events";
const faults = (drop: number) => ({
  requests: [
    { kind: "429", times: 2, path },
    { kind: "reset-after", times: 1, path },
  ],
  webhooks: { duplicate: 0.3, shuffle: 10, drop },
});

async function makeOrgs(database: Database, made: readonly MadeOrg[]): Promise<DrillOrg[]> {
  const orgs: DrillOrg[] = [];
  for (const org of made) {
    const { orgId, as } = await createTestOrganization(database, { currency: org.currency });
    const connectionId = await seedConnection(database, orgId);
    const owner = (now: number): Context => ({ ...as("owner"), clock: fixedClock(new Date(now)) });
    orgs.push({ ...org, orgId, connectionId, owner, life: undefined, customerRef: "" });
  }
  return orgs;
}

/** What people do at a step, before anything else. */
async function happen(engine: YearStripe, orgs: readonly DrillOrg[], step: number): Promise<void> {
  for (const org of orgs) {
    if (org.startsAt === step) await subscribe(engine, org, stepAt(step));
    if (!org.life) continue;
    if (org.failure?.step === step) await giveCard(engine, org, "pm_card_chargeCustomerFail");
    if (org.failure?.until === step) await payAgain(engine, org);
    if (org.refundStep === step) await refundSome(engine, org);
    if (org.cancelStep === step) {
      const cancelled = await cancelSubscription(org.owner(stepAt(step)), engine.port);
      if (cancelled.ok) org.life.endsAt = await endOf(engine, org);
    }
  }
}

async function subscribe(engine: YearStripe, org: DrillOrg, now: number): Promise<void> {
  const { plan, every } = org;
  const pages = { returnUrl: "http://localhost/ok", cancelUrl: "http://localhost/no" };
  const checkout = await startCheckout(org.owner(now), engine.port, { plan, every, ...pages });
  if (!checkout.ok) throw new Error(`no checkout: ${checkout.reason}`);
  const session = /cs_\w+/.exec(checkout.value.url)?.[0] ?? "";
  const { customer } = await engine.stripe.checkout.sessions.retrieve(session);
  org.customerRef = String(customer);
  const card = { number: "4242424242424242" };
  await engine.control("POST", `/checkout/${session}/complete`, { card, email: "owner@salon.example", name: "Owner" });
  const subscription = await subscriptionOf(engine, org);
  org.life = { startedAt: subscription.start_date * 1000, changes: [], endsAt: null };
}

async function subscriptionOf(engine: YearStripe, { customerRef }: DrillOrg) {
  const [subscription] = (await engine.stripe.subscriptions.list({ customer: customerRef, status: "all" })).data;
  if (!subscription) throw new Error("no subscription");
  return subscription;
}

const endOf = async (engine: YearStripe, org: DrillOrg): Promise<number | null> => {
  const { cancel_at: at, items } = await subscriptionOf(engine, org);
  return (at ?? items.data[0]?.current_period_end ?? 0) * 1000;
};

async function giveCard({ stripe }: YearStripe, { customerRef: customer }: DrillOrg, card: string): Promise<void> {
  const { id } = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  for (const { id: subscription } of (await stripe.subscriptions.list({ customer })).data)
    await stripe.subscriptions.update(subscription, { default_payment_method: id });
}

async function payAgain(engine: YearStripe, org: DrillOrg): Promise<void> {
  await giveCard(engine, org, "pm_card_visa");
  for (const { id } of (await engine.stripe.invoices.list({ customer: org.customerRef, status: "open" })).data)
    if (id) await engine.stripe.invoices.pay(id);
}

async function refundSome({ stripe }: YearStripe, { customerRef: customer }: DrillOrg): Promise<void> {
  const charge = (await stripe.charges.list({ customer })).data.find(
    ({ paid, refunded, disputed }) => paid && !refunded && !disputed,
  );
  if (charge) await stripe.refunds.create({ charge: charge.id, amount: 1_234 });
}

/** After the step's calls were told, as somebody would in the middle of the day. */
async function changePlans(engine: YearStripe, orgs: readonly DrillOrg[], step: number, now: number): Promise<void> {
  for (const org of orgs) {
    if (org.change?.step !== step || !org.life || org.plan === org.change.plan) continue;
    const choice = { plan: org.change.plan, every: org.every };
    const preview = await previewPlanChange(org.owner(now), engine.port, choice);
    if (!preview.ok) continue;
    const { at, dueNow } = preview.value;
    const changed = await changePlan(org.owner(now), engine.port, { ...choice, at, dueNow });
    if (changed.ok) org.life.changes.push({ at: at.getTime(), plan: org.change.plan });
  }
}

/** An operator goes through what came too late. */
async function applyLate(
  database: Database,
  engine: YearStripe,
  orgs: readonly DrillOrg[],
  now: number,
): Promise<void> {
  for (const { orgId, owner } of orgs) {
    const { rows } = await withTenant(database, orgId, (tx) =>
      tx.execute(
        sql`select id from billing_items where org_id = ${orgId} and is_open and kind = 'meter_too_late' order by id`,
      ),
    );
    const ctx: Context = { ...owner(now), actor: { kind: "system", job: "drill" } };
    for (const { id } of rows as { id: string }[]) await applyProposal(ctx, engine.port, id);
  }
}

/** Whoever was killed holds them for a minute; that minute is not waited for. */
async function forgetLeases(database: Database, orgs: readonly DrillOrg[]): Promise<void> {
  for (const { orgId } of orgs)
    await withTenant(database, orgId, (tx) =>
      tx.execute(sql`update subscriptions set meter_lease_until = null where org_id = ${orgId}`),
    );
}

/** Whether something would be worked on within the hour that a draft lasts. */
async function isWaiting(database: Database, now: number): Promise<boolean> {
  const { rows } = await database.db.execute(sql`
    select exists (select from meter_events where state in ('pending', 'cancelling') and next_attempt_at < ${new Date(now + HOUR / 2).toISOString()}::timestamptz)
      or exists (select from billing_events where done_at is null and attempts < 4) as waits`);
  return (rows[0] as { waits: boolean }).waits;
}
