import { contacts } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/errors";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { contactColumns } from "./columns";
import { findContactByPhone } from "./find-contact-by-phone";
import { readTypedPhone } from "./read-typed-phone";
import { type Contact, type CreateContactInput, createContactInput } from "./schemas";

/** A contact typed by hand; needs a name or a number. Refused with the existing contact's id when the number has one already. */
export async function createContact(
  ctx: Context,
  input: CreateContactInput,
): Promise<Result<Contact, "phone_taken", { contactId: string | undefined }>> {
  authorise(ctx, "contacts.write");
  const { name, phone: typed = "", email = null, language = null, notes } = parse(createContactInput, input);
  if (!name && !typed) throw invalid([{ path: "name", message: "Enter a name or a telephone number." }]);
  return inTenant(ctx, async (tx, scope) => {
    const phone = await readTypedPhone(tx, ctx.orgId, typed);
    const now = ctx.clock.now();
    const [made] = await tx
      .insert(contacts)
      .values({
        id: newId("contact"),
        orgId: ctx.orgId,
        name,
        phone,
        email,
        language,
        notes,
        lastSeenAt: now,
        createdAt: now,
        updatedAt: now,
      })
      .onConflictDoNothing({ target: [contacts.orgId, contacts.phone] })
      .returning(contactColumns);
    if (!made) {
      const existing = phone ? await findContactByPhone(scope, phone) : undefined;
      return refuse("phone_taken", { contactId: existing?.id });
    }
    const fields = Object.entries({ name, phone, email, language, notes }).flatMap(([key, value]) =>
      value ? [key] : [],
    );
    await recordChange(scope, tx, {
      action: "contact.changed",
      subject: { kind: "contact", id: made.id },
      changes: { fields },
      payload: { contactId: made.id, isNew: true },
    });
    return ok(made);
  });
}
