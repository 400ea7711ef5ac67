import { sql } from "drizzle-orm";
import { constraintOf, inTenant, withSavepoint } from "@/db/tenant";
import { normalisePhone, upsertContactByPhone } from "@/lib/contacts";
import { recordChange } from "@/lib/events";
import { getOrganization } from "@/lib/organizations";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { sourceOf } from "@/lib/scheduling";
import { type JoinWaitlistInput, joinWaitlistInput } from "./schemas";

export type Joined = { entryId: string; place: number; isNew: boolean };

/**
 * Puts somebody on the list for a service. Whoever waits for it already keeps their place and waits for what they say now. A telephone
 * number makes or finds the contact. `place` counts everybody who waits for the service. Refusals: `invalid_phone`, `unknown_service`.
 */
export async function joinWaitlist(
  ctx: Context,
  input: JoinWaitlistInput,
): Promise<Result<Joined, "invalid_phone" | "unknown_service">> {
  authorise(ctx, "bookings.write");
  const asked = parse(joinWaitlistInput, input);
  return inTenant(ctx, async (tx, joined) => {
    const { country } = await getOrganization(joined);
    const phone = asked.phone ? normalisePhone(asked.phone, country) : undefined;
    if (asked.phone && !phone) return refuse("invalid_phone");
    const contactId =
      asked.contactId ?? (phone ? (await upsertContactByPhone(joined, { phone, name: asked.name })).id : null);
    const priority = ctx.actor.kind === "member" ? asked.priority : 0;
    const now = ctx.clock.now().toISOString();
    const id = newId("waitlistEntry");
    const insert = () =>
      tx.execute(sql`
        insert into waitlist_entries (id, org_id, service_id, staff_id, contact_id, call_id, source, priority, joined_at, from_on, to_on,
          from_minute, to_minute, attendee_name, attendee_phone, attendee_email, notes, created_at, updated_at)
        values (${id}, ${ctx.orgId}, ${asked.serviceId}, ${asked.staffId ?? null}, ${contactId}, ${asked.callId ?? null}, ${sourceOf(ctx)},
          ${priority}, ${now}::timestamptz, ${asked.fromOn ?? null}::date, ${asked.toOn ?? null}::date, ${asked.fromMinute}, ${asked.toMinute},
          ${asked.name}, ${phone ?? null}, ${asked.email ?? null}, ${asked.notes}, ${now}::timestamptz, ${now}::timestamptz)
        on conflict (org_id, service_id, coalesce(contact_id, attendee_phone, id)) where status = 'waiting'
        do update set staff_id = excluded.staff_id, from_on = excluded.from_on, to_on = excluded.to_on, from_minute = excluded.from_minute,
          to_minute = excluded.to_minute, attendee_name = excluded.attendee_name, notes = excluded.notes, updated_at = excluded.updated_at,
          attendee_email = coalesce(excluded.attendee_email, waitlist_entries.attendee_email)
        returning id`);
    let rows: unknown[];
    try {
      ({ rows } = await withSavepoint(tx, insert));
    } catch (error) {
      if (/^waitlist_entries_(service|staff|contact_of)$/.test(constraintOf(error) ?? ""))
        return refuse("unknown_service");
      throw error;
    }
    const entryId = (rows[0] as { id: string }).id;
    const { rows: places } = await tx.execute(sql`
      select count(*)::int as place from waitlist_entries other, waitlist_entries own
      where own.org_id = ${ctx.orgId} and own.id = ${entryId} and other.org_id = own.org_id and other.service_id = own.service_id
        and other.status = 'waiting' and (-other.priority, other.joined_at, other.id) <= (-own.priority, own.joined_at, own.id)`);
    const { place } = places[0] as { place: number };
    await recordChange(ctx, tx, {
      action: "waitlist.joined",
      subject: { kind: "waitlist_entry", id: entryId },
      changes: { isNew: entryId === id, place },
      payload: { entryId, serviceId: asked.serviceId, contactId, callId: asked.callId ?? null },
    });
    return ok({ entryId, place, isNew: entryId === id });
  });
}
