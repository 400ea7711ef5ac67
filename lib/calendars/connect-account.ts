import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { publishEvent, recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { newId } from "@/lib/platform/ids";
import { sealSecret } from "./account-secret";
import { planPersonWrites } from "./plan-writes";
import type { AccountRef, CalendarSecret, RemoteCalendar } from "./ports";

export type NewAccount = Pick<AccountRef, "vendor" | "mode"> & {
  /** As `newId("calendarAccount")` made it: the secret is sealed for this id. */
  id: string;
  staffId: string;
  label: string;
  secret: CalendarSecret;
  calendars: readonly RemoteCalendar[];
};

/**
 * Keeps an account whose calendars were just listed, for one person; connecting the same account again replaces its secret, ends its
 * withdrawal and keeps what was chosen. At first the main calendar blocks and, where it can be written and the person has no other,
 * receives bookings, those to come included. Returns the account's id. Throws `not_found` for an unknown person.
 */
export async function connectAccount(ctx: Context, account: NewAccount): Promise<string> {
  authorise(ctx, "connections.manage");
  const now = ctx.clock.now().toISOString();
  return inTenant(ctx, async (tx) => {
    // Locked, so that an organisation that is being closed meanwhile keeps no secret.
    const { rows: people } = await tx.execute(sql`
      select s.name from staff s join organizations o on o.id = s.org_id and o.deleted_at is null
      where s.org_id = ${ctx.orgId} and s.id = ${account.staffId} for share`);
    const person = people[0] as { name: string } | undefined;
    if (!person) throw notFound("This person");
    const { rows: held } = await tx.execute(sql`
      select id from calendar_accounts where org_id = ${ctx.orgId} and staff_id = ${account.staffId} and vendor = ${account.vendor}
        and mode = ${account.mode} and label = ${account.label} for update`);
    const known = (held[0] as { id: string } | undefined)?.id;
    const id = known ?? account.id;
    const secretEnc = sealSecret(ctx.keys, id, account.secret);
    await tx.execute(sql`
      insert into calendar_accounts (id, org_id, staff_id, vendor, mode, label, secret_enc, created_at, updated_at)
      values (${id}, ${ctx.orgId}, ${account.staffId}, ${account.vendor}, ${account.mode}, ${account.label}, ${secretEnc},
        ${now}::timestamptz, ${now}::timestamptz)
      on conflict (id) do update set secret_enc = excluded.secret_enc, revoked_at = null, updated_at = excluded.updated_at`);
    const main = account.calendars.find((each) => each.isPrimary) ?? account.calendars[0];
    for (const remote of account.calendars) {
      const isMain = remote === main && !known;
      await tx.execute(sql`
        insert into calendars (id, org_id, account_id, staff_id, external_id, name, time_zone, writable, blocks, receives, next_sync_at,
          created_at, updated_at)
        values (${newId("calendar")}, ${ctx.orgId}, ${id}, ${account.staffId}, ${remote.externalId}, ${remote.name.slice(0, 200)},
          ${remote.zone ?? null}, ${remote.isWritable}, ${isMain}, ${isMain && remote.isWritable} and not exists (
            select from calendars where org_id = ${ctx.orgId} and staff_id = ${account.staffId} and receives),
          ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz)
        on conflict (account_id, external_id) do update set name = excluded.name, time_zone = excluded.time_zone,
          writable = excluded.writable, receives = calendars.receives and excluded.writable, updated_at = excluded.updated_at`);
    }
    await tx.execute(sql`
      update calendars set sync_token = null, full_sync_at = null, next_sync_at = ${now}::timestamptz, failures = 0, lease_token = null,
        lease_until = null where org_id = ${ctx.orgId} and account_id = ${id}`);
    await tx.execute(sql`
      update calendar_writes set due_at = ${now}::timestamptz, attempts = 0 where org_id = ${ctx.orgId} and failure is not null
        and calendar_id in (select id from calendars where account_id = ${id})`);
    await planPersonWrites(ctx, tx, account.staffId);
    const { rows: followed } = await tx.execute(
      sql`update calendars set requested_at = ${now}::timestamptz where org_id = ${ctx.orgId} and account_id = ${id} and blocks returning id`,
    );
    for (const each of followed as { id: string }[])
      await publishEvent(ctx, tx, { kind: "calendar.requested", subjectId: each.id });
    await recordChange(ctx, tx, {
      action: "calendar.changed",
      subject: { kind: "calendar_account", id },
      changes: { [known ? "reconnected" : "connected"]: account.vendor, account: account.label, staff: person.name },
      payload: { staffId: account.staffId },
    });
    return id;
  });
}
