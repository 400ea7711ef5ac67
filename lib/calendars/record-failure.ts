import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import type { CalendarRefusal } from "./ports";
import { raiseAlerts } from "./raise-alerts";
import { pauseAfter } from "./rules/freshness";
import { sayRefusal } from "./rules/say-refusal";
import type { Claimed } from "./sync-calendar";

/**
 * Keeps why a calendar could not be read and when to try again. What a person must mend (permission withdrawn, calendar gone) is not
 * waited for: the calendar stops counting as current at once, and is told about in the same transaction.
 */
export async function recordFailure(ctx: Context, calendar: Claimed, refusal: CalendarRefusal): Promise<void> {
  const now = ctx.clock.now();
  const retryAfter = refusal.reason === "rate_limited" ? refusal.detail.retryAfterSeconds : undefined;
  const next = new Date(now.getTime() + pauseAfter(calendar.failures + 1, retryAfter));
  await inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      update calendars set failures = failures + 1, failure = ${sayRefusal(refusal)}, next_sync_at = ${next.toISOString()}::timestamptz,
        lease_token = null, lease_until = null, fresh_until = ${isFinal(refusal) ? null : sql`fresh_until`}
      where org_id = ${ctx.orgId} and id = ${calendar.id} and lease_token = ${calendar.lease} returning id`);
    if (rows.length === 0) return;
    if (refusal.reason === "revoked") await markRevoked(ctx, tx, calendar.account.id);
    if (isFinal(refusal)) await raiseAlerts(ctx, tx, [calendar.id]);
  });
}

const isFinal = ({ reason }: CalendarRefusal): boolean => reason === "revoked" || reason === "gone";

/** Withdraws an account: none of its calendars is current any more, and each that blocks is told about. */
export async function markRevoked(ctx: Context, tx: Tx, accountId: string): Promise<void> {
  const now = ctx.clock.now().toISOString();
  await tx.execute(sql`update calendar_accounts set revoked_at = coalesce(revoked_at, ${now}::timestamptz), updated_at = ${now}::timestamptz
    where org_id = ${ctx.orgId} and id = ${accountId}`);
  const { rows } = await tx.execute(sql`
    update calendars set fresh_until = null, failure = ${sayRefusal({ reason: "revoked", detail: undefined })}
    where org_id = ${ctx.orgId} and account_id = ${accountId} and (blocks or receives) returning id`);
  await raiseAlerts(
    ctx,
    tx,
    (rows as { id: string }[]).map((row) => row.id),
  );
}
