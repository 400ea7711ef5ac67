import type { CalendarChanges, CalendarItem, SyncRequest } from "@/lib/calendars/ports";
import { ok, type Refusal, refuse } from "@/lib/platform/result";
import type { Client } from "./client";
import { type Outcome, read } from "./http";
import { byItem, type GoogleEvent, LIST_FIELDS, listShape, readableZone, toItem } from "./map";

/** The largest there is (events.list, maxResults). */
const PAGE = "2500";
/** A listing that goes on for longer than this many pages does not end. */
const MAX_PAGES = 200;

type Listing = { events: GoogleEvent[]; zone: string; token: string | undefined };

const eventsPath = (calendarId: string) => `/calendars/${encodeURIComponent(calendarId)}/events`;

/**
 * Changes by sync token (https://developers.google.com/workspace/calendar/api/guides/sync), series unrolled by Google. An item is an event
 * or a whole series: of a series that changed in any way all occurrences are read anew, so that one that ceased to be is gone from its
 * blocks whether Google says so or not.
 */
export async function changesSince(
  client: Client,
  calendarId: string,
  request: SyncRequest,
): Promise<Outcome<CalendarChanges> | Refusal<"token_expired">> {
  const { token, window } = request;
  const bounds = { timeMin: new Date(window.fromMs).toISOString(), timeMax: new Date(window.toMs).toISOString() };
  // Bounds belong to the first listing alone: Google refuses them beside a token.
  const query = token === undefined ? bounds : { syncToken: token };
  const listing = await list(
    client,
    eventsPath(calendarId),
    "events.list",
    { ...query, singleEvents: "true" },
    request,
  );
  if (!listing.ok) return listing;
  const frame = { window, zone: listing.value.zone };
  const groups = byItem(listing.value.events);
  const next = { token: listing.value.token };
  if (token === undefined) {
    const items = [...groups].map(([itemId, events]) => toItem(itemId, events, frame));
    return ok({ isFull: true, items, removed: [], ...next });
  }
  const items: CalendarItem[] = [];
  const removed: string[] = [];
  for (const [itemId, events] of groups) {
    const alone = events.find((event) => event.id === itemId);
    if (alone?.status === "cancelled") removed.push(itemId);
    else if (alone) items.push(toItem(itemId, [alone], frame));
    else {
      const path = `${eventsPath(calendarId)}/${encodeURIComponent(itemId)}/instances`;
      const series = await list(client, path, "events.instances", bounds, request);
      // Who is invited to one occurrence alone has no series, and others of it may stand as well: only a full listing tells.
      if (!series.ok) return series.reason === "gone" ? refuse("token_expired") : series;
      items.push(toItem(itemId, series.value.events, frame));
    }
  }
  return ok({ isFull: false, items, removed, ...next });
}

async function list(
  client: Client,
  path: string,
  name: string,
  query: Record<string, string>,
  request: SyncRequest,
): Promise<Outcome<Listing> | Refusal<"token_expired">> {
  const hasToken = query.syncToken !== undefined;
  const events: GoogleEvent[] = [];
  let pageToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const reply = await client({
      method: "GET",
      path,
      query: { ...query, maxResults: PAGE, fields: LIST_FIELDS, pageToken },
      name,
      expects: hasToken ? [400, 404, 410] : [404, 410],
    });
    if (!reply.ok) return reply;
    // A token that was never one is 400.
    if (hasToken && reply.value.status !== 404 && reply.value.status >= 400) return refuse("token_expired");
    if (reply.value.status >= 400) return refuse("gone");
    const answer = read(listShape, reply.value);
    if (!answer.ok) return answer;
    events.push(...answer.value.items);
    pageToken = answer.value.nextPageToken;
    if (pageToken === undefined) {
      const zone = readableZone(answer.value.timeZone) ?? request.zone;
      return ok({ events, zone, token: answer.value.nextSyncToken });
    }
  }
  return refuse("unavailable", { what: `Google's ${name} has no last page` });
}
