import Link from "next/link";
import { Absent } from "@/components/ui/duration";
import { formatPhone } from "@/components/ui/phone";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Contact } from "@/lib/contacts";
import { contactTitle } from "../contact-title";

type Props = { slug: string; zone: string; country: string; contacts: readonly Contact[] };

export function ContactsTable({ slug, zone, country, contacts }: Props) {
  return (
    <div className="rounded-lg border bg-surface">
      <Table label="Contacts">
        <THead>
          <tr>
            <Th>Name</Th>
            <Th className="max-sm:hidden">Telephone</Th>
            <Th className="max-md:hidden">E-mail</Th>
            <Th>Last contact</Th>
          </tr>
        </THead>
        <TBody data-list>
          {contacts.map((contact) => (
            <Tr key={contact.id} data-list-item className="relative">
              <Td className="max-w-60">
                <Link
                  href={`/o/${slug}/contacts/${contact.id}`}
                  className="block truncate font-medium after:absolute after:inset-0"
                >
                  {contactTitle(contact, country)}
                </Link>
                {contact.name && contact.phone && (
                  <span className="tabular block truncate text-xs text-muted sm:hidden">
                    {formatPhone(contact.phone, country)}
                  </span>
                )}
              </Td>
              <Td className="tabular whitespace-nowrap max-sm:hidden">
                {contact.phone ? formatPhone(contact.phone, country) : <Absent />}
              </Td>
              <Td className="max-w-56 truncate text-muted max-md:hidden">{contact.email ?? <Absent />}</Td>
              <Td className="text-muted">
                <Time instant={contact.lastSeenAt ?? contact.createdAt} zone={zone} relative />
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
    </div>
  );
}
