import { contacts } from "@/db/schema";

/** The columns of a `Contact`. */
export const contactColumns = {
  id: contacts.id,
  name: contacts.name,
  phone: contacts.phone,
  email: contacts.email,
  language: contacts.language,
  notes: contacts.notes,
  preferredStaffId: contacts.preferredStaffId,
  lastSeenAt: contacts.lastSeenAt,
  createdAt: contacts.createdAt,
};
