import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { money } from "@/lib/ledger/words";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { countUsage } from "../count-usage";
import { findChargedSpan } from "../meter/charged-span";
import { postCredit } from "../meter/correct-call";
import { keepEvent } from "../meter/keep-event";
import { withLease } from "../meter/lease";
import { priceOfNext } from "../meter/read-terms";
import { requeueRefused } from "../meter/refuse-event";
import type { MeterPort } from "../ports";
import type { BillingItemKind } from "../rules/differences";
import { findSubscription } from "../usage/find-subscription";

type Item = {
  id: string;
  kind: BillingItemKind;
  subject: string;
  facts: Record<string, string | number | null>;
  proposal: string;
};

type Refused = "not_open" | "by_hand" | "not_invoiced" | "not_subscribed" | "busy" | "unreachable";
/** Has the call of that id know what its provider says now that it cost. */
export type TakeCost = (callId: string) => Promise<{ ok: boolean }>;
type Applied = Result<"sent_again" | "counted" | "credited" | "charged" | "free", Refused>;

/**
 * Puts a difference right as its item proposes: sends minutes again under a fresh identifier, or takes an amount off the next invoice, or puts
 * it on it. Done once, however often and by however many it is asked for. "by_hand": somebody has to look; "not_invoiced": what it costs is
 * known once its period is invoiced; "busy": minutes of the organisation are being sent, or another amount of it put right; "unreachable": the call's provider does not say what it cost.
 */
export async function applyProposal(
  ctx: Context,
  port: MeterPort,
  itemId: string,
  takeCost?: TakeCost,
): Promise<Applied> {
  authorise(ctx, "ledger.write");
  const item = await findItem(ctx, itemId);
  if (!item.isOpen) return refuse("not_open");
  switch (item.kind) {
    case "lost_meter_event":
    case "meter_unknown_customer":
    case "meter_refused":
      return item.facts.why === "closed" || item.facts.why === "inactive" ? refuse("by_hand") : sendAgain(ctx, item);
    case "billed_twice":
    case "overbilled":
      return item.facts.why === "ledger" || item.facts.why === "meter_book"
        ? refuse("by_hand")
        : oneAtATime(ctx, item, (still) => giveBack(ctx, port, still));
    case "meter_too_late":
      return oneAtATime(ctx, item, (still) => charge(ctx, port, still));
    case "underbilled":
      return item.facts.why === "never_counted" ? countNow(ctx, item) : refuse("by_hand");
    case "cost_differs":
      if (item.facts.provider !== null && !(await takeCost?.(item.subject))?.ok) return refuse("unreachable");
      return countNow(ctx, item);
    default:
      return refuse("by_hand");
  }
}

/** Two amounts that are worked out at the same moment would both be worked out from the same count. */
async function oneAtATime(ctx: Context, { id }: Item, settle: (item: Item) => Promise<Applied>): Promise<Applied> {
  if (!(await findSubscription(ctx))?.customerRef) return refuse("not_subscribed");
  const done = await withLease(ctx, async () => {
    const item = await findItem(ctx, id);
    return item.isOpen ? settle(item) : refuse("not_open");
  });
  return done === "busy" ? refuse("busy") : done;
}

async function findItem(ctx: Context, itemId: string): Promise<Item & { isOpen: boolean }> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`select id, kind, subject, facts, proposal, is_open as "isOpen" from billing_items
      where org_id = ${ctx.orgId} and id = ${itemId}`),
  );
  const [row] = rows;
  if (!row) throw notFound("billing item");
  return row as Item & { isOpen: boolean };
}

/** The item is closed in the same transaction as what it did; false: somebody else was first. */
async function close(ctx: Context, item: Item, done: (joined: Context) => Promise<unknown>): Promise<boolean> {
  return inTenant(ctx, async (tx, joined) => {
    const { rows } = await tx.execute(sql`
      update billing_items set is_open = false, closed_at = ${ctx.clock.now().toISOString()}::timestamptz, closed_because = 'applied',
        facts = ${JSON.stringify(item.facts)}::jsonb where org_id = ${ctx.orgId} and id = ${item.id} and is_open returning id`);
    if (rows.length === 0) return false;
    await done(joined);
    await recordChange(ctx, tx, {
      action: "billing_item.changed",
      subject: { kind: "billing_item", id: item.id },
      changes: { kind: item.kind, about: item.subject, applied: item.proposal },
    });
    return true;
  });
}

/** The engine would take the identifier of before for the same event: it gets another. */
async function sendAgain(ctx: Context, item: Item) {
  const told = item.facts.identifier;
  const suffix = item.id.slice(-8);
  const done = await close(ctx, item, async (joined) => {
    const { tx } = joined;
    if (!told) return requeueRefused(joined, String(item.facts.why), suffix);
    const { rows } = (await tx?.execute(sql`
      select call_id as "callId", revision from meter_events where org_id = ${ctx.orgId} and identifier = ${told}`)) ?? {
      rows: [],
    };
    const [event] = rows as { callId: string; revision: number }[];
    if (!tx || !event) return;
    const again = {
      identifier: `${event.callId}_${event.revision}_${suffix}`,
      nextAttemptAt: ctx.clock.now(),
    };
    await keepEvent(ctx, tx, event, { state: "pending", triedAt: null, problem: null, ...again }, [
      "sent",
      "refused",
      "given_up",
    ]);
  });
  return done ? ok("sent_again" as const) : refuse("not_open");
}

async function countNow(ctx: Context, item: Item) {
  await countUsage(ctx, item.subject);
  return (await close(ctx, item, async () => {})) ? ok("counted" as const) : refuse("not_open");
}

/** Minutes too many cost what they added to the invoice of their time, once that is made. */
async function giveBack(ctx: Context, port: MeterPort, item: Item) {
  const { kind, facts } = item;
  const subscription = await findSubscription(ctx);
  if (!subscription?.customerRef) return refuse("not_subscribed");
  let amount = typeof facts.amount === "string" ? BigInt(facts.amount) : undefined;
  if (amount === undefined) {
    const at = new Date(String(facts.at));
    const span = await findChargedSpan(ctx, at);
    if (!span) return refuse("not_invoiced");
    amount = -priceOfNext(span.minutes, -Number(facts.minutes), span.terms);
  }
  const { currency } = money(amount, subscription.currency);
  const settled =
    amount > 0n
      ? (
          await port.giveCredit({
            customerRef: subscription.customerRef,
            amount,
            currency: currency === "INR" ? "INR" : "USD",
            description:
              kind === "billed_twice"
                ? "Credit for minutes that were counted twice"
                : "Credit for what was charged too much",
            cause: item.id,
          })
        ).amount
      : 0n;
  const facted = { ...item, facts: { ...facts, credited: settled.toString() } };
  const done = await close(ctx, facted, async (joined) => {
    if (settled > 0n) await postCredit(joined, item.id, settled, currency);
  });
  return done ? ok(settled > 0n ? ("credited" as const) : ("free" as const)) : refuse("not_open");
}

async function charge(ctx: Context, port: MeterPort, item: Item) {
  const subscription = await findSubscription(ctx);
  if (!subscription?.customerRef) return refuse("not_subscribed");
  const told = String(item.facts.identifier);
  const event = await findEvent(ctx, told);
  const span = event && (await findChargedSpan(ctx, event.effectiveAt));
  if (!event || !span) return refuse("not_invoiced");
  let amount: bigint = priceOfNext(span.minutes, event.minutes, span.terms);
  if (amount > 0n)
    ({ amount } = await port.addCharge({
      customerRef: subscription.customerRef,
      amount,
      currency: span.terms.currency,
      description: `${event.minutes} minutes of a call on ${event.effectiveAt.toISOString().slice(0, 10)} that were counted late`,
      cause: told,
    }));
  const facted = { ...item, facts: { ...item.facts, amount: amount.toString() } };
  const done = await close(ctx, facted, async ({ tx }) => {
    if (tx) await keepEvent(ctx, tx, event, { state: "credited", problem: "charged_late" }, ["given_up", "refused"]);
  });
  return done ? ok(amount > 0n ? ("charged" as const) : ("free" as const)) : refuse("not_open");
}

async function findEvent(ctx: Context, identifier: string) {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`select call_id, revision, minutes, effective_at from meter_events
      where org_id = ${ctx.orgId} and identifier = ${identifier} and state in ('given_up', 'refused')`),
  );
  const row = rows[0] as { call_id: string; revision: number; minutes: number; effective_at: string } | undefined;
  return (
    row && {
      callId: row.call_id,
      revision: row.revision,
      minutes: row.minutes,
      effectiveAt: new Date(row.effective_at),
    }
  );
}
