import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { randomToken, sha256Hex } from "@/lib/platform/crypto";
import type { CalendarPort } from "./ports";
import type { Claimed } from "./sync-calendar";

/** A channel with less than this left is renewed at the next read. */
const RENEW_BEFORE_MS = 24 * 3_600_000;

/**
 * Sees to it that the vendor tells us of changes, where it can and where we can be reached. Failing costs nothing but speed: the calendar
 * is read every few minutes anyway. Our secret is stored before the vendor may use it, and only its hash.
 */
export async function renewPush(
  ctx: Context,
  calendar: Claimed,
  port: CalendarPort,
  address: string | undefined,
): Promise<void> {
  const nowMs = ctx.clock.now().getTime();
  if (!port.push || !address || (calendar.push && calendar.push.expiresAtMs - nowMs > RENEW_BEFORE_MS)) return;
  const secret = randomToken(24);
  const request = { address, secret, channelId: `caly-${randomToken(12)}` };
  const { push } = calendar;
  const current = push && {
    channelId: push.channelId,
    resourceId: push.resourceId ?? undefined,
    expiresInSeconds: Math.max(0, (push.expiresAtMs - nowMs) / 1000),
  };
  try {
    const answer = current
      ? await port.push.renew(calendar.externalId, current, request)
      : await port.push.subscribe(calendar.externalId, request);
    if (!answer.ok) {
      ctx.log.warn({ calendarId: calendar.id, reason: answer.reason }, "calendar push could not be asked for");
      // A channel that cannot be prolonged is replaced by a new one next time.
      if (!current) return;
      await keep(
        ctx,
        calendar.id,
        sql`push_channel_id = null, push_resource_id = null, push_secret_hash = null, push_expires_at = null`,
      );
      return;
    }
    const { channelId, resourceId, expiresInSeconds } = answer.value;
    await keep(
      ctx,
      calendar.id,
      sql`push_channel_id = ${channelId}, push_resource_id = ${resourceId ?? null}, push_secret_hash = ${sha256Hex(secret)},
        push_expires_at = ${new Date(nowMs + expiresInSeconds * 1000).toISOString()}::timestamptz`,
    );
  } catch (error) {
    ctx.log.warn({ err: error, calendarId: calendar.id }, "calendar push could not be asked for");
  }
}

const keep = (ctx: Context, calendarId: string, set: ReturnType<typeof sql>) =>
  inTenant(ctx, (tx) =>
    tx.execute(sql`update calendars set ${set} where org_id = ${ctx.orgId} and id = ${calendarId}`),
  );
