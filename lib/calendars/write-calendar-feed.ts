import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { randomToken, sha256Hex } from "@/lib/platform/crypto";
import { notFound } from "@/lib/platform/errors";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { type WriteFeedInput, writeFeedInput } from "./schemas";

export const feedTokenHash = (token: string): string => sha256Hex(`calendar-feed:${token}`);

/**
 * Makes the secret address under which a person's bookings (or, without a person, all) can be subscribed to; the one before stops working.
 * Returns the token, which is kept as its hash alone. Throws `not_found`.
 */
export async function writeCalendarFeed(ctx: Context, input: WriteFeedInput): Promise<{ token: string }> {
  authorise(ctx, "connections.manage");
  const { staffId, showsDetails } = parse(writeFeedInput, input);
  const token = randomToken(32);
  const now = ctx.clock.now().toISOString();
  await inTenant(ctx, async (tx) => {
    if (staffId) {
      const { rows } = await tx.execute(sql`select 1 from staff where org_id = ${ctx.orgId} and id = ${staffId}`);
      if (rows.length === 0) throw notFound("This person");
    }
    const { rows } = await tx.execute(sql`
      insert into calendar_feeds (id, org_id, staff_id, token_hash, shows_details, created_at, updated_at)
      values (${newId("calendarFeed")}, ${ctx.orgId}, ${staffId}, ${feedTokenHash(token)}, ${showsDetails}, ${now}::timestamptz,
        ${now}::timestamptz)
      on conflict (org_id, coalesce(staff_id, '')) do update set token_hash = excluded.token_hash,
        shows_details = excluded.shows_details, updated_at = excluded.updated_at
      returning id, created_at <> updated_at as "isRotated"`);
    const row = rows[0] as { id: string; isRotated: boolean };
    await recordChange(ctx, tx, {
      action: "calendar.changed",
      subject: { kind: "calendar_feed", id: row.id },
      changes: { [row.isRotated ? "addressReplaced" : "addressMade"]: true, showsDetails },
      payload: { staffId },
    });
  });
  return { token };
}

/** The address stops working. One that is not there is done. */
export async function removeCalendarFeed(ctx: Context, input: { staffId: string | null }): Promise<void> {
  authorise(ctx, "connections.manage");
  await inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(
      sql`delete from calendar_feeds where org_id = ${ctx.orgId} and staff_id is not distinct from ${input.staffId} returning id`,
    );
    const row = rows[0] as { id: string } | undefined;
    if (!row) return;
    await recordChange(ctx, tx, {
      action: "calendar.changed",
      subject: { kind: "calendar_feed", id: row.id },
      changes: { addressRemoved: true },
      payload: { staffId: input.staffId },
    });
  });
}
