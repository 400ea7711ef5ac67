import { Download } from "lucide-react";
import type { Metadata } from "next";
import { LiveRefresh } from "@/components/live/live-refresh";
import { buttonClass } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { DescriptionList } from "@/components/ui/description-list";
import { DialogButton } from "@/components/ui/dialog-button";
import { Absent } from "@/components/ui/duration";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Phone } from "@/components/ui/phone";
import { Time } from "@/components/ui/time";
import { listCalls } from "@/lib/calls";
import { getContact, isErased } from "@/lib/contacts";
import { may } from "@/lib/organizations";
import { listBookings, listStaff } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { orNotFound } from "../../_components/or-not-found";
import { ContactForm } from "../_components/contact-form";
import { removeContact, saveContact } from "../actions";
import { contactTitle } from "../contact-title";
import { ContactTimeline } from "./_components/contact-timeline";
import { timeline } from "./timeline";

export const metadata: Metadata = { title: "Contact" };

/** Of each kind; older ones are reached through the lists. */
const most = 100;
const endOfTime = new Date("9999-12-31T00:00:00.000Z");

export default async function ContactPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const { slug, id } = await params;
  const { ctx, org } = await memberContext(slug);
  const contact = await orNotFound(getContact(ctx, id));
  const [calls, bookings, people] = await Promise.all([
    listCalls(ctx, { contactId: id, limit: most }),
    listBookings(ctx, { contactId: id, direction: "earlier", from: endOfTime, limit: most }),
    listStaff(ctx, { includeArchived: true }),
  ]);
  const usual = people.find((person) => person.id === contact.preferredStaffId);
  const title = contactTitle(contact, org.country);
  const entries = timeline(calls.items, bookings.items);
  const erased = isErased(contact);
  const mayErase = may(ctx.actor, "contacts.erase") && !erased;
  return (
    <>
      <LiveRefresh
        url={`/o/${slug}/live`}
        kinds={["call.started", "call.ended", "call.reported", "booking.", "contact."]}
      />
      <PageHeader
        back={{ href: `/o/${slug}/contacts`, label: "Contacts" }}
        title={title}
        description={`Times in ${org.timeZone}.`}
        actions={
          <>
            <a href={`/o/${slug}/contacts/${id}/export.json`} download className={buttonClass({})}>
              <Download aria-hidden />
              Export
            </a>
            {mayErase && (
              <ConfirmButton
                label="Erase"
                title={`Erase ${title}?`}
                consequence="Name, number, notes, recordings and everything said in their calls are removed for good. Bookings stay, without a name. This cannot be undone."
                confirmLabel={`Erase ${title}`}
                action={removeContact.bind(null, slug, id)}
              />
            )}
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <section aria-label="Calls and bookings" className="min-w-0">
          {entries.length > 0 ? (
            <ContactTimeline slug={slug} zone={org.timeZone} entries={entries} />
          ) : (
            <EmptyState title="No calls or bookings">
              {erased ? "What belonged to this contact has been removed." : "When they call or book, it appears here."}
            </EmptyState>
          )}
        </section>
        <Card>
          <CardHeader
            title="Details"
            level={2}
            actions={
              may(ctx.actor, "contacts.write") &&
              !erased && (
                <DialogButton label="Edit" size="sm" title={`Edit ${title}`}>
                  <ContactForm
                    action={saveContact.bind(null, slug, id)}
                    submitLabel="Save"
                    people={people
                      .filter((person) => person.active || person === usual)
                      .map(({ id, name }) => ({ value: id, label: name }))}
                    values={{
                      name: contact.name,
                      phone: contact.phone ?? "",
                      email: contact.email ?? "",
                      language: contact.language ?? "",
                      notes: contact.notes,
                      preferredStaffId: contact.preferredStaffId ?? "",
                    }}
                  />
                </DialogButton>
              )
            }
          />
          <CardBody>
            <DescriptionList
              items={[
                {
                  term: "Telephone",
                  value: contact.phone ? <Phone e164={contact.phone} country={org.country} link /> : <Absent />,
                },
                {
                  term: "E-mail",
                  value: contact.email ? (
                    <a href={`mailto:${contact.email}`} className="break-all hover:underline">
                      {contact.email}
                    </a>
                  ) : (
                    <Absent />
                  ),
                },
                {
                  term: "Usually with",
                  value: usual ? (
                    <>
                      <span className="break-words">{usual.name}</span>
                      <span className="block text-xs text-muted">
                        {usual.active
                          ? "Offered first when free, unless they ask for somebody else."
                          : "Archived: whoever’s turn it is takes their bookings."}
                      </span>
                    </>
                  ) : (
                    <span className="text-muted">Nobody in particular</span>
                  ),
                },
                { term: "Language", value: contact.language ?? <Absent /> },
                {
                  term: "Notes",
                  value: contact.notes ? (
                    <span className="break-words whitespace-pre-line">{contact.notes}</span>
                  ) : (
                    <Absent />
                  ),
                },
                { term: "Since", value: <Time instant={contact.createdAt} zone={org.timeZone} format="date" /> },
              ]}
            />
          </CardBody>
        </Card>
      </div>
    </>
  );
}
