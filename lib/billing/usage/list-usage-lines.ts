import { type SQL, sql } from "drizzle-orm";
import type { Unbilled } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, encodeCursor } from "@/lib/platform/cursor";
import { findChargedSpan } from "../meter/charged-span";
import { readTerms } from "../meter/read-terms";
import { type CallCost, costByPart } from "../rules/call-cost";
import { chargeFor, costOfFirst, type MinuteTerms } from "../rules/charges";
import { findSubscription } from "./find-subscription";

type Span = { from: Date; to: Date };

/** A call as it stands on the bill of its period. */
export type UsageLine = {
  callId: string;
  endedAt: Date;
  agentId: string | null;
  agentName: string | null;
  /** The business's own number; null once the call was erased. */
  number: string | null;
  seconds: number;
  minutes: number;
  /** Why it costs nothing. */
  unbilled: Unbilled | null;
  /** It has been counted anew since it was first counted. */
  isCorrected: boolean;
  /** What it adds to the invoice, in the currency's minor unit: its minutes beyond the included ones, in the order in which calls ended. */
  charge: bigint;
  /** `charge` and its share of the plan's price, by its minutes within the included ones; all lines of a full period add up to the invoice. */
  revenue: bigint;
  /** In millionths of a US dollar, as the provider reported; null while it has not. */
  cost: CallCost | null;
};

export type UsageLines = { currency: "USD" | "INR"; lines: UsageLine[]; olderCursor: string | null };

const MOST = 200;

/** `within` and `agentId` leave lines out; what a line adds to the invoice depends on all of the span's. */
export type UsagePage = {
  cursor?: string | undefined;
  limit?: number | undefined;
  within?: Span | undefined;
  agentId?: string | undefined;
};

/** Calls that ended in a span that begins where a period or a plan's time in it does, the latest first. Without a subscription nothing is charged. */
export async function listUsageLines(ctx: Context, span: Span, page: UsagePage = {}): Promise<UsageLines> {
  authorise(ctx, "billing.read");
  return inTenant(ctx, async (_tx, joined) => {
    const { terms, currency, billedFrom } = await termsOf(joined, span);
    const limit = Math.min(MOST, page.limit ?? 50);
    const place = decodeCursor(page.cursor);
    const before = place
      ? sql`(effective_at, call_id) < (${place.at.toISOString()}::timestamptz, ${place.id})`
      : sql`true`;
    const rows = await readLines(
      joined,
      span,
      billedFrom,
      sql`${before} and ${matching(page)} order by effective_at desc, call_id desc limit ${limit + 1}`,
    );
    const lines = rows.slice(0, limit).map((row) => lineOf(row, terms));
    const last = lines.at(-1);
    const olderCursor = rows.length > limit && last ? encodeCursor({ at: last.endedAt, id: last.callId }) : null;
    return { currency, lines, olderCursor };
  });
}

function matching({ within, agentId }: UsagePage): SQL {
  const day = within
    ? sql`effective_at >= ${within.from.toISOString()}::timestamptz and effective_at < ${within.to.toISOString()}::timestamptz`
    : sql`true`;
  return agentId === undefined ? day : sql`${day} and agent_id = ${agentId}`;
}

/** One call's line; undefined for a call that was not counted. */
export async function findUsageLine(
  ctx: Context,
  callId: string,
): Promise<(UsageLine & { currency: "USD" | "INR" }) | undefined> {
  authorise(ctx, "billing.read");
  return inTenant(ctx, async (tx, joined) => {
    const { rows } = await tx.execute(
      sql`select min(effective_at) as at from usage_records where org_id = ${ctx.orgId} and call_id = ${callId}`,
    );
    const at = (rows[0] as { at: string | null }).at;
    if (!at) return undefined;
    const span = await spanAround(joined, new Date(at));
    const { terms, currency, billedFrom } = await termsOf(joined, span);
    const [row] = await readLines(joined, span, billedFrom, sql`call_id = ${callId}`);
    return row && { ...lineOf(row, terms), currency };
  });
}

/** The invoiced span in which an instant lies, or the period that runs. */
async function spanAround(ctx: Context, at: Date): Promise<Span> {
  const charged = await findChargedSpan(ctx, at);
  if (charged) return { from: charged.from, to: charged.to };
  const subscription = await findSubscription(ctx);
  if (!subscription) return { from: at, to: new Date(at.getTime() + 1) };
  const { periodStartsAt, periodEndsAt, minutesFrom } = subscription;
  const from = minutesFrom && minutesFrom > periodStartsAt ? minutesFrom : periodStartsAt;
  return at < from ? { from: at, to: from } : { from, to: periodEndsAt };
}

/** By the plan that the span was invoiced under, or the one there is. */
async function termsOf(ctx: Context, { from }: Span) {
  const subscription = await findSubscription(ctx);
  const billedFrom = subscription?.billedFrom ?? null;
  const charged = await findChargedSpan(ctx, from);
  if (charged) return { terms: charged.terms, currency: charged.terms.currency, billedFrom };
  const { plan, planVersion, currency, billedEvery } = subscription ?? {};
  const terms = subscription && readTerms({ plan, plan_version: planVersion, currency, billed_every: billedEvery });
  const isCharged = billedFrom !== null && subscription?.customerRef != null;
  return { terms: isCharged ? terms : undefined, currency: terms?.currency ?? ("USD" as const), billedFrom };
}

/** `before` is what calls of the span that ended earlier count for; those of a trial count for nothing. */
async function readLines(ctx: Context, { from, to }: Span, billedFrom: Date | null, which: SQL) {
  const at = (time: Date | null) => sql`${time?.toISOString() ?? null}::timestamptz`;
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      with counted as (
        select u.call_id, u.revision, u.effective_at, u.agent_id, u.seconds, u.minutes, u.unbilled,
          case when u.effective_at >= ${at(billedFrom)} then u.minutes else 0 end as charged
        from usage_records u
        where u.org_id = ${ctx.orgId} and u.effective_at >= ${at(from)} and u.effective_at < ${at(to)}
          and not exists (select from usage_records n where n.org_id = u.org_id and n.call_id = u.call_id and n.revision > u.revision)
      ), placed as (
        select *, (sum(charged) over (order by effective_at, call_id))::int - charged as before from counted
      ), page as (select * from placed where ${which})
      select p.*, exists (select from usage_records o where o.org_id = ${ctx.orgId} and o.call_id = p.call_id
          and (o.minutes, o.unbilled) is distinct from (p.minutes, p.unbilled)) as is_corrected,
        a.name as agent_name, k.cost_micros::text as cost_micros, k.cost_breakdown,
        case when k.erased_at is not null then null when k.direction = 'outbound' then k.from_number else k.to_number end as number
      from page p left join calls k on k.org_id = ${ctx.orgId} and k.id = p.call_id
        left join agents a on a.org_id = ${ctx.orgId} and a.id = p.agent_id
      order by p.effective_at desc, p.call_id desc`),
  );
  return rows as Record<string, unknown>[];
}

function lineOf(row: Record<string, unknown>, terms: MinuteTerms | undefined): UsageLine {
  const [before, charged] = [row.before as number, row.charged as number];
  const next = (count: (minutes: number, by: MinuteTerms) => bigint) =>
    terms ? count(before + charged, terms) - count(before, terms) : 0n;
  return {
    callId: row.call_id as string,
    endedAt: new Date(row.effective_at as string),
    agentId: row.agent_id as string | null,
    agentName: row.agent_name as string | null,
    number: row.number as string | null,
    seconds: row.seconds as number,
    minutes: row.minutes as number,
    unbilled: row.unbilled as Unbilled | null,
    isCorrected: row.is_corrected === true,
    charge: next(chargeFor),
    revenue: next(costOfFirst),
    cost: costByPart(row.cost_micros as string | null, row.cost_breakdown as Record<string, number> | null),
  };
}
