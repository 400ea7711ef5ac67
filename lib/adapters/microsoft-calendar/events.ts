import { z } from "zod";
import type { CalendarEvent, WrittenEvent } from "@/lib/calendars/ports";
import { ok, refuse } from "@/lib/platform/result";
import type { Client } from "./client";
import { codeOf, type Outcome, type Reply, read, refusalOf } from "./http";
import { MARK, toBody, transactionIdOf } from "./map";

const written = z.object({ id: z.string(), "@odata.etag": z.string().optional() });
const found = z.object({ value: z.array(z.object({ id: z.string() })) });

/** How often an event of one key may be deleted by its owner and made again by us. */
const MAX_TRANSACTIONS = 9;

const inCalendar = (calendarId: string) => `/me/calendars/${encodeURIComponent(calendarId)}/events`;
const eventPath = (id: string) => `/me/events/${encodeURIComponent(id)}`;

export async function upsertEvent(
  client: Client,
  calendarId: string,
  event: CalendarEvent,
  known: WrittenEvent | undefined,
): Promise<Outcome<WrittenEvent>> {
  if (!known) return create(client, calendarId, event);
  const reply = await patch(client, known.externalId, event, known.etag);
  if (!reply.ok) return reply;
  if (reply.value.status === 404) return create(client, calendarId, event);
  return reply.value.status < 300 ? asWritten(reply.value) : refuse("conflict");
}

/**
 * Ids are Graph's to give, so a repeated try is told by `transactionId`: the same again answers with the event that is there; with other
 * content, or after that event was deleted, it is refused as ErrorDuplicateTransactionId (400 and 409 have both been seen). Then the event
 * is looked for by its mark, and made under another transaction's id where there is none.
 */
async function create(client: Client, calendarId: string, event: CalendarEvent): Promise<Outcome<WrittenEvent>> {
  for (let attempt = 1; attempt <= MAX_TRANSACTIONS; attempt++) {
    const reply = await client.send({
      method: "POST",
      path: inCalendar(calendarId),
      body: { ...toBody(event), transactionId: transactionIdOf(event.key, attempt) },
      name: "create event",
      expects: [400, 404, 409],
    });
    if (!reply.ok) return reply;
    if (reply.value.status < 300) return asWritten(reply.value);
    if (reply.value.status === 404) return refuse("gone");
    if (codeOf(reply.value) !== "ErrorDuplicateTransactionId") return refusalOf(reply.value, "create event");
    const ids = await findByKey(client, calendarId, event.key);
    if (!ids.ok) return ids;
    const [id] = ids.value;
    if (id === undefined) continue;
    const changed = await patch(client, id, event, undefined);
    if (!changed.ok) return changed;
    if (changed.value.status < 300) return asWritten(changed.value);
  }
  return refuse("conflict");
}

const patch = (client: Client, id: string, event: CalendarEvent, etag: string | undefined) =>
  client.send({
    method: "PATCH",
    path: eventPath(id),
    body: toBody(event),
    ifMatch: etag,
    name: "update event",
    expects: [404, 409, 412],
  });

function asWritten(reply: Reply): Outcome<WrittenEvent> {
  const answer = read(written, reply);
  return answer.ok ? ok({ externalId: answer.value.id, etag: answer.value["@odata.etag"] }) : answer;
}

/** Ids of the events that carry our mark; none in a calendar that is not there. */
async function findByKey(client: Client, calendarId: string, key: string): Promise<Outcome<string[]>> {
  const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${MARK}' and ep/value eq '${key}')`;
  const query = new URLSearchParams({ $filter: filter, $select: "id", $top: "10" });
  const path = `${inCalendar(calendarId)}?${query}`;
  const reply = await client.send({ method: "GET", path, name: "find event", expects: [404] });
  if (!reply.ok) return reply;
  if (reply.value.status === 404) return ok([]);
  const answer = read(found, reply.value);
  return answer.ok ? ok(answer.value.value.map(({ id }) => id)) : answer;
}

export async function deleteEvent(
  client: Client,
  calendarId: string,
  key: string,
  known: WrittenEvent | undefined,
): Promise<Outcome<void>> {
  const ids = known ? ok([known.externalId]) : await findByKey(client, calendarId, key);
  if (!ids.ok) return ids;
  for (const id of ids.value) {
    const reply = await client.send({
      method: "DELETE",
      path: eventPath(id),
      name: "delete event",
      expects: [404, 410],
    });
    if (!reply.ok) return reply;
  }
  return ok(undefined);
}
