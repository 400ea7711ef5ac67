import { and, asc, desc, eq, ilike, sql } from "drizzle-orm";
import { contacts } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { decodeCursor } from "@/lib/platform/cursor";
import { keysetPage, type Page } from "@/lib/platform/keyset";
import { parse } from "@/lib/platform/parse";
import { contactColumns } from "./columns";
import { containing, readSearchTerm } from "./rules/search-term";
import { type Contact, type ContactsQuery, contactsQuery } from "./schemas";

/**
 * Contacts, the one last seen first, at most `limit` (50); erased ones are left out. `q` is part of a name or the end of a number.
 * A cursor that is not ours counts as none; "newer" from near the top gives the first page.
 */
export async function listContacts(ctx: Context, input: ContactsQuery = {}): Promise<Page<Contact>> {
  authorise(ctx, "read");
  const { cursor, direction, q, limit } = parse(contactsQuery, input);
  const term = q ? readSearchTerm(q) : undefined;
  if (term?.kind === "phone")
    return { items: await findByNumberEnd(ctx, term.digits, limit), newerCursor: null, olderCursor: null };
  const from = decodeCursor(cursor);
  const newer = direction === "newer" && from !== undefined;
  const place = from && sql`(${from.at.toISOString()}::timestamptz, ${from.id})`;
  const rows = await inTenant(ctx, (tx) =>
    tx
      .select(contactColumns)
      .from(contacts)
      .where(
        and(
          eq(contacts.orgId, ctx.orgId),
          sql`(${contacts.name} <> '' or ${contacts.phone} is not null or ${contacts.email} is not null)`,
          term && ilike(contacts.name, containing(term.fragment)),
          place &&
            (newer
              ? sql`(${contacts.lastSeenAt}, ${contacts.id}) > ${place}`
              : sql`(${contacts.lastSeenAt}, ${contacts.id}) < ${place}`),
        ),
      )
      .orderBy(
        ...(newer ? [asc(contacts.lastSeenAt), asc(contacts.id)] : [desc(contacts.lastSeenAt), desc(contacts.id)]),
      )
      .limit(limit + 1),
  );
  if (newer && rows.length <= limit) return listContacts(ctx, { q, limit });
  return keysetPage(rows, {
    limit,
    direction: newer ? "newer" : "older",
    fromStart: !from,
    place: (row) => ({ at: row.lastSeenAt ?? row.createdAt, id: row.id }),
  });
}

/** Through a function of the database that can use the index on the number's end; one page, because nobody reads on in it. */
async function findByNumberEnd(ctx: Context, digits: string, limit: number): Promise<Contact[]> {
  return inTenant(ctx, (tx) =>
    tx
      .select(contactColumns)
      .from(contacts)
      .where(
        and(
          eq(contacts.orgId, ctx.orgId),
          sql`${contacts.id} = any(array(select id from search_contacts_by_phone(${digits}, ${limit})))`,
        ),
      )
      .orderBy(desc(contacts.lastSeenAt), desc(contacts.id)),
  );
}
