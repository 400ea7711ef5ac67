import type { CalendarChanges, CalendarItem, SyncRequest } from "@/lib/calendars/ports";
import { ok, type Refusal, refuse } from "@/lib/platform/result";
import type { Client } from "./client";
import { codeOf, type Outcome, type Reply, read } from "./http";
import { deltaShape, FIELDS, type GraphChange, type GraphEvent, isRemoved, pageShape, toItem } from "./map";

const PAGE = 500;
/** A listing that goes on for longer than this many pages does not end. */
const MAX_PAGES = 400;

/** The documentation names the codes in passing (…/delta-query-overview, "Synchronization reset"), and status 40X or 410. */
const RESYNC = /^(syncStateNotFound|syncStateInvalid|resyncRequired|ErrorInvalidSyncStateData)$/i;

/**
 * Changes of a calendar view (https://learn.microsoft.com/graph/delta-query-events); the token is the path of a delta link. An item is an
 * event or a whole series: what changes tell of an occurrence is little, and of one that was deleted nothing, so a series that changed in
 * any way is read anew.
 */
export async function changesSince(
  client: Client,
  calendarId: string,
  request: SyncRequest,
): Promise<Outcome<CalendarChanges> | Refusal<"token_expired">> {
  // Not one of ours: whatever it once meant, everything can be read again.
  if (request.token !== undefined && !request.token.startsWith("/")) return refuse("token_expired");
  const path = request.token ?? `/me/calendars/${encodeURIComponent(calendarId)}/calendarView/delta?${viewOf(request)}`;
  const round = await follow(client, path);
  if (!round.ok) return round;
  const { changes, token } = round.value;
  const removed = changes.filter(isRemoved).map((change) => change.id);
  const events = changes.filter((change): change is GraphEvent => !isRemoved(change));
  const items: CalendarItem[] = events.filter(isAlone).map((event) => toItem(event.id, [event], request));
  for (const [seriesId, { master, occurrences }] of seriesOf(events)) {
    // In a first round all of a series comes along, with how it is shown.
    if (request.token === undefined && master) items.push(toItem(seriesId, occurrences, request, master));
    else {
      const series = await instances(client, seriesId, request);
      if (series.ok) items.push(toItem(seriesId, series.value, request, master));
      else if (series.reason !== "gone") return series;
      // Who is invited to one occurrence alone has no series: it stands by itself, and others may. Only a full round tells of all.
      else if (request.token !== undefined) return refuse("token_expired");
      else items.push(toItem(seriesId, occurrences, request));
    }
  }
  return ok({ isFull: request.token === undefined, items, removed, token });
}

const isAlone = (event: GraphEvent): boolean => !event.seriesMasterId && event.type !== "seriesMaster";

type Series = { master: GraphEvent | undefined; occurrences: GraphEvent[] };

function seriesOf(events: readonly GraphEvent[]): Map<string, Series> {
  const found = new Map<string, Series>();
  for (const event of events) {
    if (isAlone(event)) continue;
    const id = event.seriesMasterId ?? event.id;
    const series = found.get(id) ?? { master: undefined, occurrences: [] };
    if (event.seriesMasterId) series.occurrences.push(event);
    else series.master = event;
    found.set(id, series);
  }
  return found;
}

const viewOf = ({ window }: SyncRequest): URLSearchParams =>
  new URLSearchParams({
    startDateTime: new Date(window.fromMs).toISOString(),
    endDateTime: new Date(window.toMs).toISOString(),
  });

/** All pages of one round, and the path to begin the next with. */
async function follow(
  client: Client,
  first: string,
): Promise<Outcome<{ changes: GraphChange[]; token: string | undefined }> | Refusal<"token_expired">> {
  const changes: GraphChange[] = [];
  let path = first;
  for (let page = 0; page < MAX_PAGES; page++) {
    const name = "calendarView delta";
    const reply = await client.send({ method: "GET", path, pageSize: PAGE, name, expects: [400, 404, 410] });
    if (!reply.ok) return reply;
    if (reply.value.status >= 400) return failed(reply.value, name);
    const answer = read(deltaShape, reply.value);
    if (!answer.ok) return answer;
    changes.push(...answer.value.value);
    const { "@odata.nextLink": next, "@odata.deltaLink": last } = answer.value;
    if (next === undefined && last === undefined) return ok({ changes, token: undefined });
    const link = client.pathOf(next ?? last ?? "");
    if (!link.ok) return link;
    if (next === undefined) return ok({ changes, token: link.value });
    path = link.value;
  }
  return refuse("unavailable", { what: "Microsoft's calendarView delta has no last page" });
}

function failed(reply: Reply, name: string): Outcome<never> | Refusal<"token_expired"> {
  if (reply.status === 410 || RESYNC.test(codeOf(reply))) return refuse("token_expired");
  if (reply.status === 404) return refuse("gone");
  return refuse("rejected", { what: `Microsoft refused ${name}: ${reply.status} ${codeOf(reply)}`.trim() });
}

/** `gone` = there is no such series (any more). */
async function instances(client: Client, seriesId: string, request: SyncRequest): Promise<Outcome<GraphEvent[]>> {
  const events: GraphEvent[] = [];
  const query = `${viewOf(request)}&$top=${PAGE}&$select=${FIELDS}`;
  let path: string | undefined = `/me/events/${encodeURIComponent(seriesId)}/instances?${query}`;
  for (let page = 0; path !== undefined && page < MAX_PAGES; page++) {
    const reply: Outcome<Reply> = await client.send({ method: "GET", path, name: "instances", expects: [404] });
    if (!reply.ok) return reply;
    if (reply.value.status === 404) return refuse("gone");
    const answer = read(pageShape, reply.value);
    if (!answer.ok) return answer;
    events.push(...answer.value.value);
    const next = answer.value["@odata.nextLink"];
    const link: Outcome<string> | undefined = next === undefined ? undefined : client.pathOf(next);
    if (link && !link.ok) return link;
    path = link?.value;
  }
  return ok(events);
}
