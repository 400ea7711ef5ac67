import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { randomToken } from "@/lib/platform/crypto";
import { applyChanges } from "./apply-changes";
import { openAccount } from "./open-account";
import type { AccountRef, CalendarPort, CalendarVendors, SyncRequest } from "./ports";
import { recordFailure } from "./record-failure";
import { renewPush } from "./renew-push";
import { needsFullRead, windowAt } from "./rules/freshness";

export type SyncOutcome = "current" | "failed" | "taken" | "not_followed";

/** A calendar that is being read, with what is needed to read it. */
export type Claimed = {
  id: string;
  staffId: string;
  externalId: string;
  zone: string;
  syncToken: string | null;
  fullSyncAtMs: number | null;
  failures: number;
  push: { channelId: string; resourceId: string | null; expiresAtMs: number } | null;
  account: AccountRef & { secretEnc: string };
  lease: string;
};

/** Longer than any reading may take; after it the calendar is given to somebody else, and this one's result is thrown away. */
const LEASE_MS = 3 * 60_000;

/**
 * Reads what is new in a calendar that makes somebody busy and keeps it; everything, where no token is held or the vendor has forgotten it.
 * One reader at a time. A failure is kept on the calendar with the time of the next try: nothing is thrown for what a vendor does.
 */
export async function syncCalendar(ctx: Context, calendarId: string, vendors: CalendarVendors): Promise<SyncOutcome> {
  authorise(ctx, "connections.manage");
  const claimed = await claim(ctx, calendarId);
  if (typeof claimed === "string") return claimed;
  const port = openAccount(ctx, vendors, claimed.account);
  const nowMs = ctx.clock.now().getTime();
  const answer = port
    ? await read(port, claimed, nowMs).catch((error: unknown) => {
        ctx.log.warn({ err: error, calendarId }, "calendar could not be read");
        return unreadable;
      })
    : unconfigured;
  if (answer.ok) {
    const kept = await applyChanges(ctx, claimed, answer.value, windowAt(nowMs));
    if (kept && port) await renewPush(ctx, claimed, port, vendors.pushAddress(claimed.account));
    return "current";
  }
  await recordFailure(ctx, claimed, answer.reason === "token_expired" ? unreadable : answer);
  return "failed";
}

const unavailable = (what: string) => ({ ok: false, reason: "unavailable", detail: { what } }) as const;
const unconfigured = unavailable("This vendor is not configured on this server.");
const unreadable = unavailable("The answer could not be read.");

/** A forgotten token is answered by reading everything. */
async function read(port: CalendarPort, calendar: Claimed, nowMs: number) {
  const isFull = !calendar.syncToken || needsFullRead(calendar.fullSyncAtMs ?? undefined, nowMs);
  const request: SyncRequest = {
    token: isFull ? undefined : (calendar.syncToken ?? undefined),
    window: windowAt(nowMs),
    zone: calendar.zone,
  };
  const answer = await port.changesSince(calendar.externalId, request);
  if (answer.ok || answer.reason !== "token_expired") return answer;
  return port.changesSince(calendar.externalId, { ...request, token: undefined });
}

async function claim(ctx: Context, calendarId: string): Promise<Claimed | "taken" | "not_followed"> {
  const now = ctx.clock.now();
  const lease = randomToken(12);
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      update calendars c set lease_token = ${lease}, requested_at = null,
        lease_until = ${new Date(now.getTime() + LEASE_MS).toISOString()}::timestamptz
      from calendar_accounts a, organizations o
      where c.org_id = ${ctx.orgId} and c.id = ${calendarId} and a.id = c.account_id and o.id = c.org_id and c.blocks and a.revoked_at is null
        and (c.lease_until is null or c.lease_until < ${now.toISOString()}::timestamptz)
      returning c.id, c.staff_id as "staffId", c.external_id as "externalId", coalesce(c.time_zone, o.time_zone) as zone,
        c.sync_token as "syncToken", (extract(epoch from c.full_sync_at) * 1000)::float8 as "fullSyncAtMs", c.failures,
        case when c.push_channel_id is not null then json_build_object('channelId', c.push_channel_id, 'resourceId', c.push_resource_id,
          'expiresAtMs', (extract(epoch from c.push_expires_at) * 1000)::bigint) end as push,
        json_build_object('id', a.id, 'vendor', a.vendor, 'mode', a.mode, 'secretEnc', a.secret_enc) as account`);
    const row = rows[0] as Omit<Claimed, "lease"> | undefined;
    if (row) return { ...row, lease };
    const { rows: found } = await tx.execute(
      sql`select 1 from calendars c join calendar_accounts a on a.id = c.account_id
        where c.org_id = ${ctx.orgId} and c.id = ${calendarId} and c.blocks and a.revoked_at is null`,
    );
    return found.length > 0 ? "taken" : "not_followed";
  });
}
