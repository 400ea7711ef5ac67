import { and, eq } from "drizzle-orm";
import { contacts } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { isId } from "@/lib/platform/ids";
import { contactColumns } from "./columns";
import type { Contact } from "./schemas";

/** Throws `not_found` for an unknown id and for another organisation's. */
export async function getContact(ctx: Context, contactId: string): Promise<Contact> {
  authorise(ctx, "read");
  if (!isId("contact", contactId)) throw notFound("This contact");
  const [found] = await inTenant(ctx, (tx) =>
    tx
      .select(contactColumns)
      .from(contacts)
      .where(and(eq(contacts.orgId, ctx.orgId), eq(contacts.id, contactId))),
  );
  if (!found) throw notFound("This contact");
  return found;
}
