import { formatPhone } from "@/components/ui/phone";
import { type Contact, isErased } from "@/lib/contacts";

/** What a contact is called on a page: the name, else the number, else the address. */
export function contactTitle(contact: Pick<Contact, "name" | "phone" | "email">, country: string): string {
  if (isErased(contact)) return "Erased contact";
  return contact.name || (contact.phone ? formatPhone(contact.phone, country) : (contact.email ?? ""));
}
