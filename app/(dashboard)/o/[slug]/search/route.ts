import type { SearchAnswer } from "@/components/shell/types";
import { formatPhone } from "@/components/ui/phone";
import { formatTime } from "@/components/ui/time-format";
import { searchCalls } from "@/lib/calls";
import { type Contact, listContacts } from "@/lib/contacts";
import { routes } from "@/lib/platform/http";
import { findBookings } from "@/lib/scheduling";
import { memberRoute } from "@/lib/wiring/member-context";
import { callerOf } from "../_components/call-line";
import { outcomeText } from "../_components/call-words";
import { contactTitle } from "../contacts/contact-title";

const most = 5;
const shortest = 2;
/** More than anybody types: the palette asks whenever typing pauses for a moment. */
const typing = { limit: 300, windowSeconds: 60 };

/** What the palette finds by a name, a number or a word that was said: contacts, their coming bookings, calls. */
const search = memberRoute<{ slug: string }>(
  async (request, { ctx, org }) => {
    const q = (new URL(request.url).searchParams.get("q") ?? "").trim().slice(0, 100);
    if (q.length < shortest) return answer({ groups: [] });
    const [{ items: contacts }, { items: calls }] = await Promise.all([
      listContacts(ctx, { q, limit: most }),
      searchCalls(ctx, { q, limit: most }),
    ]);
    const bookings = (await Promise.all(contacts.map(({ id }) => findBookings(ctx, { contactId: id })))).flat();
    const base = `/o/${org.slug}`;
    const when = (at: Date) => formatTime(at, org.timeZone, "short");
    const numberOf = (contact: Contact) =>
      contact.name && contact.phone ? formatPhone(contact.phone, org.country) : undefined;
    const groups: SearchAnswer["groups"] = [
      {
        label: "Contacts",
        items: contacts.map((contact) => ({
          href: `${base}/contacts/${contact.id}`,
          title: contactTitle(contact, org.country),
          hint: numberOf(contact),
        })),
      },
      {
        label: "Bookings",
        items: bookings.slice(0, most).map((booking) => ({
          href: `${base}/bookings/${booking.id}`,
          title: `${booking.attendeeName || "Without a name"}: ${booking.serviceName}`,
          hint: when(booking.startsAt),
        })),
      },
      {
        label: "Calls",
        items: calls.map((call) => ({
          href: `${base}/calls/${call.id}`,
          title: call.hit ? `${call.hit.before}${call.hit.match}${call.hit.after}` : callerOf(call, org.country).caller,
          hint: `${outcomeText(call, org.timeZone) ?? "Call"}, ${when(call.startedAt)}`,
        })),
      },
    ];
    return answer({ groups: groups.filter((group) => group.items.length > 0) });
  },
  { partOfPage: typing },
);

const answer = (found: SearchAnswer) => Response.json(found, { headers: { "cache-control": "private, no-store" } });

export const { GET, POST, PUT, PATCH, DELETE } = routes<{ slug: string }>({ GET: search }, { name: "search" });
