import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import type { Contact } from "./schemas";
import { upsertContactInput } from "./schemas";

type Row = {
  id: string;
  name: string;
  phone: string;
  email: string | null;
  language: string | null;
  notes: string;
  preferred_staff_id: string | null;
  last_seen_at: string | Date;
  created_at: string | Date;
  inserted: boolean;
  named: boolean | null;
};

/**
 * The contact of a telephone number, made if there is none, seen now. `phone` is E.164 (see `normalisePhone`); `name` is taken only
 * where none is known, so that what a person has typed is never overwritten by what a caller was heard to say.
 * One statement; an audit row and `contact.changed` follow only when a contact was made or got its name.
 */
export async function upsertContactByPhone(
  ctx: Context,
  input: { phone: string; name?: string | undefined },
): Promise<Contact> {
  authorise(ctx, "contacts.write");
  const { phone, name = "" } = parse(upsertContactInput, input);
  const now = ctx.clock.now().toISOString();
  return inTenant(ctx, async (tx) => {
    const { rows } = await tx.execute(sql`
      with before as (select name from contacts where org_id = ${ctx.orgId} and phone = ${phone})
      insert into contacts (id, org_id, name, phone, last_seen_at, created_at, updated_at)
      values (${newId("contact")}, ${ctx.orgId}, ${name}, ${phone}, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz)
      on conflict (org_id, phone) do update set
        name = case when contacts.name = '' then excluded.name else contacts.name end,
        last_seen_at = greatest(contacts.last_seen_at, excluded.last_seen_at),
        updated_at = case when contacts.name = '' and excluded.name <> '' then excluded.updated_at else contacts.updated_at end
      returning id, name, phone, email, language, notes, preferred_staff_id, last_seen_at, created_at, xmax = 0 as inserted,
        (select before.name = '' from before) and contacts.name <> '' as named`);
    const row = rows[0] as Row;
    if (row.inserted || row.named)
      await recordChange(ctx, tx, {
        action: "contact.changed",
        subject: { kind: "contact", id: row.id },
        changes: { fields: row.inserted ? ["phone", ...(name ? ["name"] : [])] : ["name"] },
        payload: { contactId: row.id, isNew: row.inserted },
      });
    return {
      id: row.id,
      name: row.name,
      phone: row.phone,
      email: row.email,
      language: row.language,
      notes: row.notes,
      preferredStaffId: row.preferred_staff_id,
      lastSeenAt: new Date(row.last_seen_at),
      createdAt: new Date(row.created_at),
    };
  });
}
