import { sql } from "drizzle-orm";
import type Stripe from "stripe";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { reconcileBilling } from "@/lib/billing";
import { foldLedger, listBalances } from "@/lib/ledger";
import { fixedClock } from "@/lib/platform/clock";
import { testContext } from "../organization";
import type { DrillOrg } from "./year";
import { HOUR, type MadeYear, START, type Told } from "./year-plan";
import { type Heard, heardOf, invoicesOf, onMeter, overage, type RecountSpan, spansOf } from "./year-recount";
import type { Planted } from "./year-seeds";
import type { YearStripe } from "./year-stripe";

export type Checked = {
  invoices: number;
  minutes: number;
  credits: number;
  lateCharges: number;
  planted: number;
  found: number;
  /** Of what was wrong, the first few. */
  examples: string[];
  /** Each must be 0. */
  faults: {
    callsNotCountedOnce: number;
    callsCountedWrong: number;
    callsBilledWrong: number;
    invoicesWrong: number;
    spansWrong: number;
    ledgersWrong: number;
    unbalanced: number;
    plantedNotFound: number;
    falselyFound: number;
  };
};

type Checking = {
  database: Database;
  engine: YearStripe;
  orgs: readonly DrillOrg[];
  year: MadeYear;
  planted: Planted;
  now: number;
  examples: string[];
};

/** What an invoice has too much of is credited once we have heard of it. */
const SETTLED_MS = 24 * HOUR;

/** Facts of a fault, as far as they fit. */
function tell(examples: string[], ...facts: unknown[]): void {
  const words = (_: string, value: unknown) => (typeof value === "bigint" ? value.toString() : value);
  if (examples.length < 20) examples.push(JSON.stringify(facts, words).slice(0, 500));
}

type Heards = { callId: string; minutes: number; heard: Heard; isStuck: boolean }[];

/** What came of a year, by other means than it came about. */
export async function checkYear(given: Omit<Checking, "examples">): Promise<Checked> {
  const examples: string[] = [];
  const checking: Checking = { ...given, examples };
  const { year, orgs, planted } = given;
  const faults: Checked["faults"] = {
    callsNotCountedOnce: 0,
    callsCountedWrong: 0,
    callsBilledWrong: 0,
    invoicesWrong: 0,
    spansWrong: 0,
    ledgersWrong: 0,
    unbalanced: 0,
    plantedNotFound: 0,
    falselyFound: 0,
  };
  const totals = { invoices: 0, minutes: 0, credits: 0, lateCharges: 0, found: 0 };
  const prices = await metered(checking.engine.stripe);
  const byCall = Map.groupBy(year.told, ({ call }) => call);
  for (const [n, org] of orgs.entries()) {
    const heards = year.calls.flatMap((call, index): Heards => {
      const heard = call.org === n ? heardOf(call, byCall.get(index) ?? ([] as Told[])) : undefined;
      const last = heard?.values.at(-1);
      return heard && last ? [{ callId: call.id, minutes: last.minutes, heard, isStuck: call.lastHeard !== null }] : [];
    });
    totals.minutes += heards.reduce((sum, { minutes }) => sum + minutes, 0);
    await checkCalls(checking, org, heards, faults);
    const stripe = await readStripe(checking.engine.stripe, org, prices);
    totals.invoices += stripe.invoices.length;
    totals.credits += stripe.items.filter(({ amount, cause }) => amount < 0 && cause).length;
    totals.lateCharges += stripe.items.filter(({ amount, cause }) => amount > 0 && cause).length;
    checkInvoices(checking, n, org, heards, stripe, faults);
    await checkLedger(checking, org, heards, stripe, faults);
    totals.found += await checkFound(checking, n, org, heards, stripe, faults);
  }
  const count = planted.lost.length + planted.doubled.length + planted.refunds.length + planted.items.length;
  return { ...totals, planted: count, examples, faults };
}

type Row = { call_id: string; records: number; minutes: number; ledger: number; engine: number; sent: number };

/** Each call one record at its latest, its entries, and its minutes at Stripe (by events and items) once. */
async function checkCalls(
  { database, now, examples }: Checking,
  org: DrillOrg,
  heards: Heards,
  faults: Checked["faults"],
) {
  const { rows } = await withTenant(database, org.orgId, (tx) =>
    tx.execute(sql`
      select r.call_id, count(distinct r.revision)::int as records, (array_agg(r.minutes order by r.revision desc))[1] as minutes,
        coalesce((select sum(case e.debit_account when 'billing.minutes_used' then e.amount else -e.amount end) from ledger_entries e
          where e.org_id = r.org_id and e.cause_kind = 'call' and e.cause_id = r.call_id and e.unit = 'minutes'), 0)::int as ledger,
        coalesce((select sum(m.minutes) from meter_events m where m.org_id = r.org_id and m.call_id = r.call_id
          and m.state in ('sent', 'credited', 'given_up')), 0)::int as engine,
        coalesce((select sum(m.minutes) from meter_events m where m.org_id = r.org_id and m.call_id = r.call_id and m.state = 'sent'), 0)::int as sent
      from usage_records r where r.org_id = ${org.orgId} group by r.org_id, r.call_id`),
  );
  const spans = org.life ? spansOf(org, org.life, now) : [];
  const counted = new Map((rows as Row[]).map((row) => [row.call_id, row]));
  faults.callsNotCountedOnce += Math.abs(counted.size - heards.length);
  for (const { callId, minutes, heard } of heards) {
    const row = counted.get(callId);
    if (row?.minutes !== minutes || row.ledger !== minutes) faults.callsCountedWrong++;
    if (!org.life || heard.endedAt >= (org.life.endsAt ?? Number.POSITIVE_INFINITY)) continue;
    const span = spans.find(({ from, to }) => heard.endedAt >= from && heard.endedAt < to);
    // What a running period has too much of is credited when it is invoiced.
    const isBilled = !span
      ? row?.engine === 0
      : span.closes > now - SETTLED_MS
        ? row?.engine === minutes || row?.sent === onMeter(heard, now)
        : row?.engine === minutes;
    if (!isBilled) {
      faults.callsBilledWrong++;
      tell(examples, "billed", callId, minutes, heard, row);
    }
  }
}

type Told1 = {
  plan: number;
  proration: number;
  minutes: number;
  overage: number;
  added: number;
  charged: number;
  total: number;
};
type AtStripe = {
  invoices: Told1[];
  items: { id: string; amount: number; cause: string | undefined; isInvoiced: boolean }[];
  paid: number;
  refunded: number;
};

async function metered(stripe: Stripe): Promise<Set<string>> {
  const prices = await stripe.prices.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
  return new Set(prices.filter(({ recurring }) => recurring?.usage_type === "metered").map(({ id }) => id));
}

async function readStripe(stripe: Stripe, { customerRef: customer }: DrillOrg, prices: Set<string>): Promise<AtStripe> {
  if (!customer) return { invoices: [], items: [], paid: 0, refunded: 0 };
  const all = await stripe.invoices.list({ customer, limit: 100 }).autoPagingToArray({ limit: 1000 });
  const invoices: Told1[] = [];
  for (const invoice of all.reverse()) {
    if (invoice.status === "draft") continue;
    const told: Told1 = { plan: 0, proration: 0, minutes: 0, overage: 0, added: 0, charged: 0, total: invoice.total };
    const lines = await stripe.invoices
      .listLineItems(invoice.id ?? "", { limit: 100 })
      .autoPagingToArray({ limit: 1000 });
    for (const line of lines) {
      const price = String(line.pricing?.price_details?.price ?? "");
      const { subscription_item_details: item, invoice_item_details: added } = line.parent ?? {};
      if (prices.has(price)) {
        told.minutes += line.quantity ?? 0;
        told.overage += line.amount;
      } else if (item?.proration || added?.proration) told.proration += line.amount;
      else if (item) told.plan += line.amount;
      else {
        told.added += line.amount;
        told.charged += Math.max(0, line.amount);
      }
    }
    invoices.push(told);
  }
  const items = await stripe.invoiceItems.list({ customer, limit: 100 }).autoPagingToArray({ limit: 10_000 });
  const charges = await stripe.charges.list({ customer, limit: 100 }).autoPagingToArray({ limit: 10_000 });
  const paid = charges.filter((charge) => charge.paid);
  return {
    invoices,
    items: items.map(({ id, amount, metadata, invoice }) => ({
      id,
      amount,
      cause: metadata?.caly_cause,
      isInvoiced: invoice !== null,
    })),
    paid: paid.reduce((sum, { amount }) => sum + amount, 0),
    refunded: paid.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0),
  };
}

/** What was planted on a span's meter before it closed. */
const plantedIn = ({ lost, doubled }: Planted, org: number, { from, to, closes }: RecountSpan): number => {
  const sum = (some: Planted["lost"]) =>
    some
      .filter((one) => one.org === org && one.endedAt >= from && one.endedAt < to && one.at < closes)
      .reduce((all, { minutes }) => all + minutes, 0);
  return sum(doubled) - sum(lost);
};

function checkInvoices(
  { planted, now, examples }: Checking,
  n: number,
  org: DrillOrg,
  heards: Heards,
  stripe: AtStripe,
  faults: Checked["faults"],
) {
  if (!org.life) return;
  const inSpan = ({ from, to }: RecountSpan) =>
    heards.filter(({ heard }) => heard.endedAt >= from && heard.endedAt < to);
  const minutesOf = (span: RecountSpan) =>
    inSpan(span).reduce((sum, { heard }) => sum + onMeter(heard, span.closes), 0) + plantedIn(planted, n, span);
  const expected = invoicesOf(org, org.life, now, minutesOf);
  if (expected.length !== stripe.invoices.length) faults.invoicesWrong++;
  for (const [at, invoice] of expected.entries()) {
    const told = stripe.invoices[at];
    const total = invoice.plan + invoice.proration + invoice.overage + (told?.added ?? 0);
    const isRight =
      told &&
      told.plan === invoice.plan &&
      told.proration === invoice.proration &&
      told.minutes === invoice.minutes &&
      told.overage === invoice.overage &&
      told.total === total;
    if (!isRight) {
      faults.invoicesWrong++;
      tell(examples, "invoice", n, at, invoice, told);
    }
  }
  for (const span of spansOf(org, org.life, now)) {
    if (span.closes > now - SETTLED_MS) continue;
    const own = new Set(inSpan(span).map(({ callId }) => callId));
    const added = stripe.items
      .filter(({ cause }) => own.has((cause ?? "").split("_").slice(0, 2).join("_")))
      .reduce((sum, { amount }) => sum + amount, 0);
    const truth = inSpan(span).reduce((sum, { minutes }) => sum + minutes, 0) + plantedIn(planted, n, span);
    const charged = overage(org, span.plan, minutesOf(span)) + added;
    if (charged !== overage(org, span.plan, truth)) {
      faults.spansWrong++;
      tell(examples, "span", n, span, { charged, added, truth, should: overage(org, span.plan, truth) });
    }
  }
}

async function checkLedger(
  { database, examples }: Checking,
  org: DrillOrg,
  heards: Heards,
  stripe: AtStripe,
  faults: Checked["faults"],
) {
  const ctx = testContext(database, org.orgId);
  await foldLedger(ctx);
  const balances = await listBalances(ctx);
  const net = (account: string, unit: string) =>
    balances.find((each) => each.account === account && each.unit === unit)?.net ?? 0n;
  for (const unit of new Set(balances.map((each) => each.unit)))
    if (balances.filter((each) => each.unit === unit).reduce((sum, each) => sum + each.net, 0n) !== 0n)
      faults.unbalanced++;
  const sum = (of: (invoice: Told1) => number) => stripe.invoices.reduce((all, invoice) => all + of(invoice), 0);
  const credited = stripe.items
    .filter(({ amount, cause }) => amount < 0 && cause)
    .reduce((all, { amount }) => all + amount, 0);
  const should: [string, string, number][] = [
    ["billing.minutes_used", "minutes", heards.reduce((all, { minutes }) => all + minutes, 0)],
    ["billing.cash", org.currency, stripe.paid - stripe.refunded],
    ["billing.refunds", org.currency, stripe.refunded],
    ["billing.subscription_revenue", org.currency, -sum(({ plan, proration }) => plan + proration)],
    ["billing.overage_revenue", org.currency, -(sum(({ overage: beyond, charged }) => beyond + charged) + credited)],
  ];
  for (const [account, unit, amount] of should)
    if (net(account, unit) !== BigInt(amount)) {
      faults.ledgersWrong++;
      tell(examples, "ledger", org.orgId, account, unit, net(account, unit), amount);
    }
}

/** The comparison of the sides has to find what was planted, and the calls that really got stuck, and nothing else. */
async function checkFound(
  { database, engine, year, planted, now, examples }: Checking,
  n: number,
  org: DrillOrg,
  heards: Heards,
  stripe: AtStripe,
  faults: Checked["faults"],
): Promise<number> {
  const ctx = testContext(database, org.orgId, { clock: fixedClock(new Date(now)) });
  const { found } = await reconcileBilling(ctx, engine.port, { from: new Date(START), to: new Date(now) });
  const expected = new Set<string>();
  const told = new Set(heards.map(({ callId }) => callId));
  for (const { id, org: of, answeredAt } of year.calls)
    if (of === n && !told.has(id) && answeredAt.getTime() < now - 6 * HOUR) expected.add(`stuck_call ${id}`);
  for (const { callId, isStuck } of heards) if (isStuck) expected.add(`stuck_call ${callId}`);
  for (const { callId } of planted.lost.filter((one) => one.org === n)) expected.add(`lost_meter_event ${callId}`);
  for (const { callId } of planted.doubled.filter((one) => one.org === n)) expected.add(`billed_twice ${callId}`);
  const own = new Set(stripe.items.filter(({ isInvoiced, cause }) => isInvoiced && !cause).map(({ id }) => id));
  let items = planted.items.filter((id) => own.has(id)).length;
  const charges = (await chargesOf(engine.stripe, org)).filter((id) => planted.refunds.includes(id));
  let refunds = charges.length;
  for (const { kind, subject, facts } of found) {
    if (expected.delete(`${kind} ${subject}`)) continue;
    if (kind === "refunded_twice" && charges.includes(String(facts.charge)) && refunds > 0) refunds--;
    else if (kind === "overbilled" && facts.why === "added_by_hand" && items > 0) items--;
    else {
      faults.falselyFound++;
      tell(examples, "false", org.orgId, kind, subject, facts);
    }
  }
  if (expected.size > 0) tell(examples, "missed", org.orgId, [...expected], items, refunds);
  faults.plantedNotFound += expected.size + items + refunds;
  return found.length;
}

const chargesOf = async (stripe: Stripe, { customerRef: customer }: DrillOrg): Promise<string[]> =>
  customer
    ? (await stripe.charges.list({ customer, limit: 100 }).autoPagingToArray({ limit: 10_000 })).map(({ id }) => id)
    : [];
