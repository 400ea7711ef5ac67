import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { postEntries } from "@/lib/ledger";
import { money } from "@/lib/ledger/words";
import type { Context } from "@/lib/platform/context";
import { closeItems, openItem } from "../items/keep-item";
import type { MeterPort } from "../ports";
import { nextMeterStep } from "../rules/meter-step";
import { closesAt, isTooOld } from "../rules/meter-times";
import { findChargedSpan } from "./charged-span";
import type { DueEvent } from "./due-events";
import { keepEvent } from "./keep-event";
import { type Metered, renewLease } from "./lease";
import { priceOfNext } from "./read-terms";

const HOUR_MS = 3_600_000;
/** After the end of a period its invoice has been made, and heard of, by then. */
const INVOICE_WAIT_MS = 2 * HOUR_MS;
/** So long an invoice that should be there is waited for. */
const MOST_WAIT_MS = 72 * HOUR_MS;

export type Correction = {
  /** What there is to do for the call now; undefined once its event is settled. */
  reload(): Promise<DueEvent | undefined>;
  send(event: DueEvent, minutes: number): Promise<"settled" | "later">;
};

/**
 * Brings the engine to what a call counts for that it knows something else of. Every step is kept before the next is taken, and each is looked
 * up anew: a process may die between any two. "later": the engine does not answer, or cannot say yet.
 */
export async function correctCall(
  ctx: Context,
  port: MeterPort,
  metered: Metered,
  due: DueEvent,
  { reload, send }: Correction,
): Promise<"settled" | "later"> {
  const fixed = new Set<string>();
  for (let event: DueEvent | undefined = due; event; event = await reload()) {
    const step = nextMeterStep({ ...event, fixed, isTooOld: isTooOld(event.effectiveAt, ctx.clock.now()) });
    switch (step.do) {
      case "nothing":
        await settle(ctx, event, "corrected");
        return "settled";
      case "send":
        await inTenant(ctx, (_, joined) => closeItemsOf(joined, event, "corrected"));
        return send(event, step.minutes);
      case "cancel": {
        const answer = await port.cancelMinutes(step.identifier, event.attempts);
        if (answer === "too_late") fixed.add(step.identifier);
        else await takenBack(ctx, event, step.revision);
        break;
      }
      case "credit":
        return credit(ctx, port, metered, event, step.minutes);
      case "charge_late":
        await chargeLate(ctx, metered, event, step);
        return "settled";
    }
  }
  return "settled";
}

const settle = (ctx: Context, event: DueEvent, problem: string) =>
  inTenant(ctx, async (tx, joined) => {
    await keepEvent(ctx, tx, event, { state: "cancelled", problem });
    await supersede(ctx, tx, event);
    await closeItemsOf(joined, event, problem);
  });

const TOLD = ["meter_too_late", "meter_refused"] as const;

/** What was told of the call's minutes is put right, or something else is told of them now. */
async function closeItemsOf(
  ctx: Context,
  { callId: subject }: DueEvent,
  because: string,
  kinds: readonly (typeof TOLD)[number][] = TOLD,
): Promise<void> {
  for (const kind of kinds) await closeItems(ctx, { kind, subject }, because);
}

/** The event that was taken back does not stand any more; the one that corrects it goes on. */
const takenBack = (ctx: Context, event: DueEvent, revision: number) =>
  inTenant(ctx, async (tx) => {
    await keepEvent(ctx, tx, { callId: event.callId, revision }, { state: "cancelled", problem: "taken_back" }, [
      "sent",
    ]);
    await keepEvent(ctx, tx, event, { state: "cancelling" });
  });

/**
 * Minutes that the meter keeps: what they were charged comes back on the next invoice, which is known once the period has been invoiced.
 * Included minutes were charged nothing.
 */
async function credit(ctx: Context, port: MeterPort, metered: Metered, event: DueEvent, minutes: number) {
  const span = await findChargedSpan(ctx, event.effectiveAt);
  if (!span && isOverdue(ctx, metered, event)) {
    await giveUp(
      ctx,
      { ...event, minutes: -minutes },
      { why: "not_invoiced", said: "no invoice has the minutes of its time" },
    );
    return "settled" as const;
  }
  if (!span) return waitForInvoice(ctx, metered, event);
  if (!(await renewLease(ctx, metered))) return "later" as const;
  let amount = -priceOfNext(span.minutes, -minutes, span.terms);
  const { currency } = span.terms;
  if (amount > 0n) {
    const description = `Credit for ${minutes} minutes of a call on ${event.effectiveAt.toISOString().slice(0, 10)} that were counted too many`;
    const { customerRef } = metered;
    const credit = { customerRef, amount, currency, description, cause: event.identifier };
    amount = (await port.giveCredit(credit)).amount;
  }
  await inTenant(ctx, async (tx, joined) => {
    if (!(await keepEvent(ctx, tx, event, { state: "credited", minutes: -minutes, problem: null }))) return;
    await supersede(ctx, tx, event);
    await closeItemsOf(joined, event, "corrected");
    if (amount > 0n) await postCredit(joined, event.identifier, amount, currency);
  });
  return "settled" as const;
}

async function waitForInvoice(ctx: Context, { period }: Metered, event: DueEvent) {
  const from = Math.max(closesAt(event.effectiveAt, period).getTime(), ctx.clock.now().getTime());
  const nextAttemptAt = new Date(from + INVOICE_WAIT_MS);
  await inTenant(ctx, (tx) =>
    keepEvent(ctx, tx, event, { state: "cancelling", problem: "waits_for_invoice", nextAttemptAt }),
  );
  return "settled" as const;
}

/** What was given up of the call before is part of what is now known of it. */
const supersede = (ctx: Context, tx: Tx, { callId, revision }: DueEvent) =>
  tx.execute(sql`
    update meter_events set state = 'cancelled', problem = 'superseded', updated_at = ${ctx.clock.now().toISOString()}::timestamptz
    where org_id = ${ctx.orgId} and call_id = ${callId} and revision < ${revision} and state = 'given_up'`);

/** The invoice with the minutes of its time should have been there for days. */
const isOverdue = (ctx: Context, { period }: Metered, { effectiveAt }: DueEvent): boolean =>
  ctx.clock.now().getTime() >= closesAt(effectiveAt, period).getTime() + MOST_WAIT_MS;

/** A correction that does not come about by itself: somebody sees it, and may have it tried anew. */
export async function giveUp(
  ctx: Context,
  event: DueEvent,
  { why, said }: { why: "failed" | "not_invoiced"; said: string },
): Promise<void> {
  await inTenant(ctx, async (tx, joined) => {
    if (!(await keepEvent(ctx, tx, event, { state: "given_up", problem: why }))) return;
    await supersede(ctx, tx, event);
    const { identifier, minutes, revision, total } = event;
    await openItem(joined, {
      kind: "meter_refused",
      subject: event.callId,
      facts: { identifier, minutes, revision, counted: total, why, said: said.slice(0, 300) },
      proposal: "Find out at Stripe what is in the way, then correct the call again",
    });
  });
}

/** Less was earned, and is owed to the customer until the invoice that it stands on takes it. */
export async function postCredit(ctx: Context, cause: string, amount: bigint, currency: string): Promise<void> {
  const unit = money(amount, currency).currency;
  const posted = await postEntries(ctx, {
    cause: { kind: "correction", id: cause },
    effectiveAt: ctx.clock.now(),
    lines: [{ debit: "billing.overage_revenue", credit: "billing.credits", unit, amount }],
  });
  if (!posted.ok) throw new Error(`the credit ${cause} stands in the ledger with another amount`);
}

/**
 * Nothing is charged late by itself: somebody decides. What would have cost nothing in its period costs nothing now. Where the period has not
 * been invoiced, what it costs is known when it is.
 */
export async function chargeLate(
  ctx: Context,
  metered: Metered,
  event: DueEvent,
  { minutes, why }: { minutes: number; why: "period_invoiced" | "too_old" },
): Promise<void> {
  const span = await findChargedSpan(ctx, event.effectiveAt);
  if (!span && why === "period_invoiced" && !isOverdue(ctx, metered, event)) {
    await waitForInvoice(ctx, metered, event);
    return;
  }
  const amount = span && priceOfNext(span.minutes, minutes, span.terms);
  await inTenant(ctx, async (tx, joined) => {
    const isFree = amount === 0n;
    const kept = { minutes, problem: isFree ? "within_included" : why };
    if (!(await keepEvent(ctx, tx, event, { state: isFree ? "credited" : "given_up", ...kept }))) return;
    await supersede(ctx, tx, event);
    if (isFree) return closeItemsOf(joined, event, "within_included");
    await closeItemsOf(joined, event, "corrected", ["meter_refused"]);
    await openItem(joined, {
      kind: "meter_too_late",
      subject: event.callId,
      facts: {
        minutes,
        amount: amount?.toString() ?? null,
        currency: metered.terms.currency,
        why,
        identifier: event.identifier,
        revision: event.revision,
      },
      proposal: `Charge ${minutes} minutes on the next invoice`,
    });
  });
}
