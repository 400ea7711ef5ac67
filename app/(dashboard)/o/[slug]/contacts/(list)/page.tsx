import { UserPlus } from "lucide-react";
import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { ButtonLink } from "@/components/ui/button";
import { DialogButton } from "@/components/ui/dialog-button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SearchForm } from "@/components/ui/search-form";
import { listContacts } from "@/lib/contacts";
import { may } from "@/lib/organizations";
import { memberContext } from "@/lib/wiring/member-context";
import { ContactForm } from "../_components/contact-form";
import { ContactsTable } from "../_components/contacts-table";
import { addContact } from "../actions";

export const metadata: Metadata = { title: "Contacts" };

type Query = Record<string, string | string[] | undefined>;
type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Query> };

export default async function ContactsPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const query = await searchParams;
  const one = (name: string) => (typeof query[name] === "string" ? query[name].trim() : "");
  const q = one("q").slice(0, 100);
  const cursor = one("cursor").slice(0, 200);
  const direction = one("dir") === "newer" ? "newer" : "older";
  const page = await listContacts(ctx, { direction, ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) });
  const base = `/o/${slug}/contacts`;
  const href = (place: Record<string, string>) => `${base}?${new URLSearchParams({ ...(q ? { q } : {}), ...place })}`;
  const mayWrite = may(ctx.actor, "contacts.write");
  const add = mayWrite && (
    <DialogButton label="New contact" icon={<UserPlus aria-hidden />} variant="primary" title="New contact">
      <ContactForm action={addContact.bind(null, slug)} submitLabel="Add contact" />
    </DialogButton>
  );
  return (
    <>
      <LiveRefresh url={`/o/${slug}/live`} kinds={["contact."]} />
      <PageHeader
        title="Contacts"
        description={`Everyone who called or was entered by hand. Times in ${org.timeZone}.`}
        actions={add}
      />
      {(page.items.length > 0 || q || cursor) && (
        <SearchForm
          action={base}
          label="Search contacts"
          placeholder="Part of a name, or the end of a number"
          defaultValue={q}
          className="mb-4 max-w-md"
        />
      )}
      {page.items.length > 0 ? (
        <>
          <ContactsTable slug={slug} zone={org.timeZone} country={org.country} contacts={page.items} />
          <Pagination
            {...(page.newerCursor ? { newerHref: href({ cursor: page.newerCursor, dir: "newer" }) } : {})}
            {...(page.olderCursor ? { olderHref: href({ cursor: page.olderCursor }) } : {})}
          />
        </>
      ) : q || cursor ? (
        <EmptyState
          title={q ? `Nobody found for “${q}”` : "No contacts here"}
          action={<ButtonLink href={base}>Show all contacts</ButtonLink>}
        />
      ) : (
        <EmptyState title="No contacts yet" action={add}>
          Whoever calls appears here by their number, with what they called about.
        </EmptyState>
      )}
    </>
  );
}
