import { createAccount, fetchCalendars } from "tsdav";
import type { RemoteCalendar } from "@/lib/calendars/ports";
import { type Credentials, noAnswer, type Transport } from "./transport";

const PROPERTIES = {
  "d:displayname": {},
  "d:resourcetype": {},
  "d:sync-token": {},
  "d:current-user-privilege-set": {},
  "c:calendar-timezone": {},
  "c:supported-calendar-component-set": {},
};

/** The account's calendars of events, found from the server's address (RFC 6764). */
export async function listCalendars(account: Credentials, { fetch, refusal }: Transport) {
  try {
    const found = await createAccount({
      account: { serverUrl: account.url, accountType: "caldav" },
      loadCollections: false,
      fetch,
    });
    const calendars = await fetchCalendars({
      account: found,
      props: PROPERTIES,
      projectedProps: { currentUserPrivilegeSet: true },
      fetch,
    });
    const withEvents = calendars.filter(({ components }) => !components?.length || components.includes("VEVENT"));
    return {
      ok: true as const,
      value: withEvents.map(
        (calendar, n): RemoteCalendar => ({
          externalId: calendar.url,
          name: nameOf(calendar.displayName) || "Calendar",
          zone: zoneOf(calendar.timezone),
          isWritable: isWritable(calendar.projectedProps?.currentUserPrivilegeSet),
          isPrimary: n === 0,
        }),
      ),
    };
  } catch (error) {
    return (
      refusal() ?? (error instanceof Error && /principalUrl|homeUrl/.test(error.message) ? notCaldav : noAnswer(error))
    );
  }
}

const notCaldav = {
  ok: false,
  reason: "rejected",
  detail: { what: "There is no CalDAV server at this address." },
} as const;

/** tsdav turns a name of digits into a number. */
const nameOf = (name: unknown): string => (typeof name === "object" ? "" : String(name ?? "")).trim();

function zoneOf(timezone: string | undefined): string | undefined {
  const name = /^TZID:(.+)$/m.exec(timezone ?? "")?.[1]?.trim();
  try {
    return name && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone ? name : undefined;
  } catch {
    return undefined;
  }
}

/** A server that tells no privileges is believed when something is written. */
function isWritable(privileges: unknown): boolean {
  if (privileges === undefined) return true;
  const text = JSON.stringify(privileges);
  return /"(write|writeContent|all|bind)"/.test(text) || !/"read"/.test(text);
}
