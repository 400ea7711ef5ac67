import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { getContact } from "./get-contact";
import type { ErasurePorts } from "./ports";
import { isErased } from "./rules/erased";

/**
 * Removes everything that tells who the contact was, in one transaction: name, number, address and notes, the names on their bookings
 * and the links to them, what they asked for, and through `ports` what was said in their calls. Rows stay, so that figures stay true. Cannot be undone.
 * Erasing an erased contact changes nothing.
 */
export async function eraseContact(ctx: Context, input: { contactId: string }, ports: ErasurePorts): Promise<void> {
  authorise(ctx, "contacts.erase");
  await inTenant(ctx, async (tx, scope) => {
    const contact = await getContact(scope, input.contactId);
    if (isErased(contact)) return;
    const now = ctx.clock.now().toISOString();
    await ports.eraseCalls(scope, contact.id);
    // Before the bookings lose the number by which some of them are found.
    await tx.execute(sql`
      delete from manage_links where org_id = ${ctx.orgId} and booking_id in (select id from bookings
        where org_id = ${ctx.orgId} and (contact_id = ${contact.id} or (contact_id is null and attendee_phone = ${contact.phone})))`);
    await tx.execute(sql`
      update bookings set attendee_name = '', attendee_phone = null, attendee_email = null, notes = '', cancel_reason = null, updated_at = ${now}::timestamptz
      where org_id = ${ctx.orgId} and (contact_id = ${contact.id} or (contact_id is null and attendee_phone = ${contact.phone}))`);
    await tx.execute(sql`
      update booking_series set attendee_name = '', attendee_phone = null, updated_at = ${now}::timestamptz
      where org_id = ${ctx.orgId} and (contact_id = ${contact.id} or (contact_id is null and attendee_phone = ${contact.phone}))`);
    await tx.execute(sql`
      delete from offer_links where org_id = ${ctx.orgId} and offer_id in (
        select f.id from waitlist_offers f join waitlist_entries e on e.org_id = f.org_id and e.id = f.entry_id
        where f.org_id = ${ctx.orgId} and (e.contact_id = ${contact.id} or (e.contact_id is null and e.attendee_phone = ${contact.phone})))`);
    await tx.execute(sql`
      update waitlist_entries set attendee_name = '', attendee_phone = null, attendee_email = null, notes = '',
        status = case when status = 'waiting' then 'left' else status end, updated_at = ${now}::timestamptz
      where org_id = ${ctx.orgId} and (contact_id = ${contact.id} or (contact_id is null and attendee_phone = ${contact.phone}))`);
    await tx.execute(sql`
      update follow_ups set text = '', caller_name = '', caller_phone = null, done_at = coalesce(done_at, ${now}::timestamptz),
        done_by = coalesce(done_by, 'erased')
      where org_id = ${ctx.orgId} and (contact_id = ${contact.id} or caller_phone = ${contact.phone}
        or call_id in (select id from calls where org_id = ${ctx.orgId} and contact_id = ${contact.id}))`);
    // Views of the calls that look for them, or are called after them.
    await tx.execute(sql`
      delete from call_views v where v.org_id = ${ctx.orgId} and exists (
        select from (values (v.name), (v.filter->>'q')) as said(words),
          lateral ltrim(regexp_replace(words, '[^0-9]', '', 'g'), '0') as digits
        where (${contact.name} <> '' and position(lower(${` ${contact.name} `}) in lower(' ' || words || ' ')) > 0)
          or (length(digits) > 5 and ${contact.phone ?? ""} like '%' || digits))`);
    await tx.execute(sql`
      update contacts set name = '', phone = null, email = null, language = null, notes = '', updated_at = ${now}::timestamptz
      where org_id = ${ctx.orgId} and id = ${contact.id}`);
    await recordChange(scope, tx, {
      action: "contact.erased",
      subject: { kind: "contact", id: contact.id },
      payload: { contactId: contact.id },
    });
  });
}
