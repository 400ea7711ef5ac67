import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { contacts, staff } from "@/db/schema";
import { inTenant, sqlState, withSavepoint } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { contactColumns } from "./columns";
import { findContactByPhone } from "./find-contact-by-phone";
import { getContact } from "./get-contact";
import { readTypedPhone } from "./read-typed-phone";
import { type Contact, type UpdateContactInput, updateContactInput } from "./schemas";

const uniqueViolation = "23505";

/**
 * Corrects a contact; fields that are left out stay. Only the names of the changed fields are kept in the audit row, because that row
 * outlives the contact's erasure. Refused when the new number is another contact's.
 */
export async function updateContact(
  ctx: Context,
  input: UpdateContactInput,
): Promise<Result<Contact, "phone_taken", { contactId: string | undefined }>> {
  authorise(ctx, "contacts.write");
  const { contactId, phone: typed, ...given } = parse(updateContactInput, input);
  return inTenant(ctx, async (tx, scope) => {
    const before = await getContact(scope, contactId);
    if (given.preferredStaffId) await refuseUnknownStaff(tx, ctx.orgId, given.preferredStaffId);
    const phone = typed === undefined ? undefined : await readTypedPhone(tx, ctx.orgId, typed);
    const wanted = { ...given, ...(phone === undefined ? {} : { phone }) };
    const changes = Object.fromEntries(
      Object.entries(wanted).filter(
        ([key, value]) => value !== undefined && value !== before[key as keyof typeof wanted],
      ),
    );
    const fields = Object.keys(changes);
    if (fields.length === 0) return ok(before);
    const after = { ...before, ...changes };
    if (!after.name && !after.phone && !after.email)
      throw invalid([
        {
          path: "name",
          message: "Keep a name, a number or an e-mail address; to remove all of it, erase the contact.",
        },
      ]);
    try {
      const [saved] = await withSavepoint(tx, () =>
        tx
          .update(contacts)
          .set({ ...changes, updatedAt: ctx.clock.now() })
          .where(and(eq(contacts.orgId, ctx.orgId), eq(contacts.id, contactId)))
          .returning(contactColumns),
      );
      if (!saved) throw new Error("the contact went away while it was being changed");
      await recordChange(scope, tx, {
        action: "contact.changed",
        subject: { kind: "contact", id: contactId },
        changes: { fields },
        payload: { contactId, isNew: false },
      });
      return ok(saved);
    } catch (error) {
      if (sqlState(error) !== uniqueViolation) throw error;
      const other = phone ? await findContactByPhone(scope, phone) : undefined;
      return refuse("phone_taken", { contactId: other?.id });
    }
  });
}

async function refuseUnknownStaff(tx: Tx, orgId: string, staffId: string): Promise<void> {
  const [known] = await tx
    .select({ id: staff.id })
    .from(staff)
    .where(and(eq(staff.orgId, orgId), eq(staff.id, staffId)));
  if (!known) throw invalid([{ path: "preferredStaffId", message: "This person does not exist." }]);
}
