import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import type { DrillOrg } from "./year";
import { DAY, type MadeYear } from "./year-plan";
import { spansOf } from "./year-recount";
import type { YearStripe } from "./year-stripe";

/** What was made wrong on purpose: calls by id, refunds and items by Stripe's. */
export type Planted = {
  lost: { org: number; callId: string; minutes: number; at: number; endedAt: number }[];
  doubled: { org: number; callId: string; minutes: number; at: number; endedAt: number }[];
  refunds: string[];
  items: string[];
  /** What a bank took for a payment, for good or until it was won. */
  disputes: { org: number; id: string; amount: number; isWon: boolean }[];
  /** Credit notes that somebody issued at Stripe; of those of which no event ever came, nobody knows until they are looked for. */
  notes: { org: number; id: string; amount: number; of: "plan" | "beyond"; isUntold: boolean }[];
};

type Planting = {
  database: Database;
  engine: YearStripe;
  orgs: readonly DrillOrg[];
  year: MadeYear;
  step: number;
  /** Nobody reads after this what no event told of. */
  isLast: boolean;
  now: number;
  planted: Planted;
  random: () => number;
};

/** Stripe takes no event that is older than 35 days. */
const TAKEN_MS = 30 * DAY;

/**
 * One of each kind at every fourth organisation or so: what Stripe lost, counted twice, paid back twice, and what somebody charged or credited by
 * hand or disputed.
 */
export async function plantDifferences({ database, engine, orgs, year, step, isLast, now, planted, random }: Planting) {
  // What was held back is told first: which events never arrive is decided here.
  await engine.control("DELETE", "/faults");
  const untold = new Set(year.told.filter((told) => told.step > step).map(({ call }) => year.calls[call]?.id));
  const taken = new Set([...planted.lost, ...planted.doubled].map(({ callId }) => callId));
  for (const [n, org] of orgs.entries()) {
    if (!org.life || (org.life.endsAt ?? Number.POSITIVE_INFINITY) < now || random() < 0.5) continue;
    const span = spansOf(org, org.life, now).at(-1);
    if (!span || span.to - now < 3_600_000) continue;
    const since = Math.max(span.from, now - TAKEN_MS);
    const events = (await sentSince(database, org.orgId, since)).filter(
      ({ callId }) => !untold.has(callId) && !taken.has(callId),
    );
    const [lost, doubled] = [events[0], events[1]];
    if (lost) {
      await engine.control("POST", `/meter-events/${lost.identifier}/lose`, {});
      planted.lost.push({ org: n, at: now, ...lost });
    }
    if (doubled) {
      const identifier = `again_${doubled.identifier}`;
      const { customerRef } = org;
      const { minutes, endedAt } = doubled;
      await engine.port.reportMinutes({ identifier, customerRef, minutes, at: new Date(endedAt), attempt: 0 });
      planted.doubled.push({ org: n, at: now, ...doubled });
    }
    if (random() < 0.4) await refundTwice(engine, org, planted);
    if (random() < 0.3) {
      const item = await engine.stripe.invoiceItems.create({
        customer: org.customerRef,
        amount: 777,
        currency: org.currency.toLowerCase(),
        description: "Set-up help",
      });
      planted.items.push(item.id);
    }
    const dice = random();
    if (dice < 0.4) await disputeOne(engine, n, org, planted, dice < 0.15);
    if (random() < 0.6) await issueNote(engine, n, org, planted, random() < 0.4 && isLast);
  }
}

async function sentSince(database: Database, orgId: string, from: number) {
  const { rows } = await withTenant(database, orgId, (tx) =>
    tx.execute(sql`
      select min(m.call_id) as "callId", min(m.identifier) as identifier, min(m.minutes) as minutes,
        (extract(epoch from min(m.effective_at)) * 1000)::float8 as "endedAt"
      from meter_events m where m.org_id = ${orgId} and m.state = 'sent' and m.effective_at >= ${new Date(from).toISOString()}::timestamptz
        and not exists (select from meter_events e where e.org_id = m.org_id and e.call_id = m.call_id and e.revision <> m.revision)
      group by date_trunc('minute', m.effective_at) having count(*) = 1 order by 1`),
  );
  return rows as { callId: string; identifier: string; minutes: number; endedAt: number }[];
}

async function refundTwice({ stripe }: YearStripe, { customerRef }: DrillOrg, planted: Planted): Promise<void> {
  const charges = (await stripe.charges.list({ customer: customerRef })).data;
  const charge = charges.find(
    ({ paid, disputed, amount_refunded: back, amount }) => paid && !disputed && back === 0 && amount > 2_000,
  );
  if (!charge) return;
  await stripe.refunds.create({ charge: charge.id, amount: 900 });
  planted.refunds.push(charge.id);
  await stripe.refunds.create({ charge: charge.id, amount: 900 });
}

async function disputeOne(engine: YearStripe, org: number, made: DrillOrg, planted: Planted, isWon: boolean) {
  const charges = (await engine.stripe.charges.list({ customer: made.customerRef })).data;
  const charge = charges.find(({ paid, disputed, amount_refunded: back }) => paid && !disputed && back === 0);
  if (!charge) return;
  const { id } = (await engine.control("POST", `/charges/${charge.id}/dispute`, {})) as { id: string };
  if (isWon) await engine.control("POST", `/disputes/${id}/close`, { status: "won" });
  planted.disputes.push({ org, id, amount: charge.amount, isWon });
}

/** Of what the plan cost (no minute costs so much), or a sum into the customer's balance. */
async function issueNote(engine: YearStripe, org: number, made: DrillOrg, planted: Planted, isUntold: boolean) {
  const [invoice] = (await engine.stripe.invoices.list({ customer: made.customerRef, status: "paid" })).data;
  if (!invoice || invoice.total < 2_000 || invoice.post_payment_credit_notes_amount > 0) return;
  const line = invoice.lines.data.find(
    ({ amount, quantity, parent }) =>
      amount > 2_000 && quantity === 1 && parent?.subscription_item_details?.proration === false,
  );
  const amount = line ? 321 : 123;
  const what = line
    ? { lines: [{ type: "invoice_line_item" as const, invoice_line_item: line.id, amount }] }
    : { amount };
  const issue = () => engine.stripe.creditNotes.create({ invoice: invoice.id ?? "", credit_amount: amount, ...what });
  const { id } = isUntold ? await engine.untold("credit_note.", issue) : await issue();
  planted.notes.push({ org, id, amount, of: line ? "plan" : "beyond", isUntold });
}
