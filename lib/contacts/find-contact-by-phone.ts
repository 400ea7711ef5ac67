import { and, eq } from "drizzle-orm";
import { contacts } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { contactColumns } from "./columns";
import type { Contact } from "./schemas";

/** The contact of an E.164 number, or undefined. */
export async function findContactByPhone(ctx: Context, phone: string): Promise<Contact | undefined> {
  authorise(ctx, "read");
  const [found] = await inTenant(ctx, (tx) =>
    tx
      .select(contactColumns)
      .from(contacts)
      .where(and(eq(contacts.orgId, ctx.orgId), eq(contacts.phone, phone))),
  );
  return found;
}
