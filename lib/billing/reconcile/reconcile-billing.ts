import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { openItem } from "../items/keep-item";
import type { MeterPort, RecordsPort } from "../ports";
import { type ComparedCall, callDifferences } from "../rules/call-differences";
import { type Difference, differenceKinds } from "../rules/differences";
import { askedCalls } from "../rules/provider-sample";
import { findSubscription } from "../usage/find-subscription";
import { compareInvoices } from "./compare-invoices";
import { compareMeter } from "./compare-meter";
import { loadCalls, SETTLE_MS } from "./load-calls";

/** Requests to a provider at the same time, and how many may fail in a run before no more are made. */
const AT_ONCE = 4;
const MOST_FAILED = 3;

type ProviderAnswer = NonNullable<ComparedCall["provider"]>;
/** What the provider says of calls now; those it cannot be asked about are missing. */
export type ProviderCosts = (callId: string) => Promise<ProviderAnswer | undefined>;

export type Reconciliation = { calls: number; found: Difference[]; closed: number };

/**
 * Compares what we counted in a span with what the engine counted, invoiced and collected, and with what the provider says of its calls. Every
 * difference is an open item with its cause, its figures and what would put it right; found again it is the same item, gone it is closed, and
 * one whose proposal was applied stays closed. What happened in the last hour is left out on either side: messages may be on their way.
 */
export async function reconcileBilling(
  ctx: Context,
  port: MeterPort & RecordsPort,
  span: { from: Date; to: Date },
  provider?: ProviderCosts,
): Promise<Reconciliation> {
  authorise(ctx, "ledger.write");
  const subscription = await findSubscription(ctx);
  const calls = await loadCalls(ctx, span);
  const answered = provider ? await askProvider(ctx, calls, provider) : new Map<string, ProviderAnswer>();
  const found = callDifferences(calls.map((call) => ({ ...call, provider: answered.get(call.callId) })));
  let left: string[] = [];
  if (subscription?.customerRef) {
    const meter = await compareMeter(ctx, port, subscription.customerRef, span);
    const invoiced = await compareInvoices(ctx, port, subscription.customerRef, span, meter);
    found.push(...meter, ...invoiced.found);
    left = invoiced.left;
  }
  const kept = await keepFound(ctx, span, found, { left, answered: [...answered.keys()] });
  return { calls: calls.length, ...kept };
}

/** By the call. Those that the provider does not know, or could not be asked about, are missing. */
async function askProvider(ctx: Context, calls: readonly ComparedCall[], provider: ProviderCosts) {
  const night = ctx.clock.now().toISOString().slice(0, 10);
  const waiting = askedCalls(calls, await listDiffering(ctx), night);
  const answered = new Map<string, ProviderAnswer>();
  let failed = 0;
  const lane = async () => {
    for (let call = waiting.shift(); call && failed < MOST_FAILED; call = waiting.shift()) {
      const { callId } = call;
      try {
        const told = await provider(callId);
        if (told) answered.set(callId, told);
      } catch (error) {
        failed++;
        ctx.log.warn({ err: error, callId }, "the provider could not be asked about a call");
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return answered;
}

const TOLD_BY_PROVIDER = sql`kind = 'length_differs' or kind = 'cost_differs' and facts->>'provider' is not null`;

/** Calls of which the provider has said something else than we know. */
async function listDiffering(ctx: Context): Promise<Set<string>> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select subject from billing_items where org_id = ${ctx.orgId} and is_open and (${TOLD_BY_PROVIDER})`),
  );
  return new Set((rows as { subject: string }[]).map(({ subject }) => subject));
}

/** What is about the last hour, about invoices that were left out, or what the provider says and was not asked, was not looked for, and stays. */
async function keepFound(
  ctx: Context,
  { from, to }: { from: Date; to: Date },
  all: readonly Difference[],
  { left, answered }: { left: readonly string[]; answered: readonly string[] },
) {
  const looked = new Date(Math.min(to.getTime(), ctx.clock.now().getTime() - SETTLE_MS));
  return inTenant(ctx, async (tx, joined) => {
    const { rows } = await tx.execute(sql`
      select kind, subject, facts->>'minutes' as minutes, facts->>'identifier' as identifier, facts->>'amount' as amount from billing_items
      where org_id = ${ctx.orgId} and closed_because = 'applied'`);
    const applied = new Set((rows as Record<string, string | null>[]).map((row) => JSON.stringify(row)));
    // A cost that was taken is no difference any more, and one that the provider changes again is another.
    const found = all.filter((each) => each.kind === "cost_differs" || !applied.has(JSON.stringify(whatOf(each))));
    for (const { kind, subject, at, facts, proposal } of found)
      await openItem(joined, { kind, subject, facts: { ...facts, at: at.toISOString() }, proposal });
    const standing = JSON.stringify(found.map(({ kind, subject }) => ({ kind, subject })));
    const closed = await tx.execute(sql`
      update billing_items i set is_open = false, closed_at = ${ctx.clock.now().toISOString()}::timestamptz, closed_because = 'gone'
      where i.org_id = ${ctx.orgId} and i.is_open and i.kind in (${sql.join(
        differenceKinds.map((kind) => sql`${kind}`),
        sql`, `,
      )}) and (i.facts->>'at')::timestamptz >= ${from.toISOString()}::timestamptz
        and (i.facts->>'at')::timestamptz < ${looked.toISOString()}::timestamptz
        and not (${JSON.stringify(left)}::jsonb ? coalesce(i.facts->>'invoice', i.subject))
        and (not (${TOLD_BY_PROVIDER}) or ${JSON.stringify(answered)}::jsonb ? i.subject)
        and not exists (select from jsonb_to_recordset(${standing}::jsonb) as f(kind text, subject text)
          where f.kind = i.kind and f.subject = i.subject) returning i.id`);
    return { found, closed: closed.rows.length };
  });
}

/** In the order of the query's columns. */
const whatOf = ({ kind, subject, facts }: Difference) => ({
  kind,
  subject,
  minutes: wordOf(facts.minutes),
  identifier: wordOf(facts.identifier),
  amount: wordOf(facts.amount),
});

const wordOf = (value: string | number | null | undefined): string | null => (value == null ? null : String(value));
