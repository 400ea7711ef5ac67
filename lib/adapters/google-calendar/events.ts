import { z } from "zod";
import type { CalendarEvent, WrittenEvent } from "@/lib/calendars/ports";
import { ok, refuse } from "@/lib/platform/result";
import type { Client } from "./client";
import { type Outcome, type Reply, read } from "./http";
import { toBody } from "./map";

const written = z.object({ id: z.string(), etag: z.string().optional(), status: z.string().optional() });

/**
 * Ids an event of ours may have. Clients choose ids of a–v and 0–9, 5 to 1,024 of them, so the key itself is one; an id stays taken after
 * its event was deleted, and where a deleted event cannot be brought back (it was purged, or is forbidden), the second is used.
 */
const idsOf = (key: string): string[] => [key, `${key}r`];

const pathOf = (calendarId: string, id?: string): string =>
  `/calendars/${encodeURIComponent(calendarId)}/events${id === undefined ? "" : `/${encodeURIComponent(id)}`}`;

/** Nobody is told: the business's own messages go to the caller. */
const QUIET = { sendUpdates: "none" };

export async function upsertEvent(
  client: Client,
  calendarId: string,
  event: CalendarEvent,
  known: WrittenEvent | undefined,
): Promise<Outcome<WrittenEvent>> {
  if (!known) return create(client, calendarId, event);
  const reply = await patch(client, calendarId, known.externalId, event, known.etag);
  if (!reply.ok) return reply;
  if (reply.value.status === 412) return settle(client, calendarId, event, known.externalId);
  return reply.value.status < 300 ? asWritten(reply.value) : create(client, calendarId, event);
}

/** A version that is not the known one: somebody changed the event, or deleted it, which raises its version as well. */
async function settle(
  client: Client,
  calendarId: string,
  event: CalendarEvent,
  id: string,
): Promise<Outcome<WrittenEvent>> {
  const reply = await client({
    method: "GET",
    path: pathOf(calendarId, id),
    name: "events.get",
    expects: [404, 410],
  });
  if (!reply.ok) return reply;
  if (reply.value.status >= 400) return create(client, calendarId, event);
  const current = read(written, reply.value);
  if (!current.ok) return current;
  return current.value.status === "cancelled" ? create(client, calendarId, event) : refuse("conflict");
}

async function create(client: Client, calendarId: string, event: CalendarEvent): Promise<Outcome<WrittenEvent>> {
  for (const id of idsOf(event.key)) {
    const reply = await client({
      method: "POST",
      path: pathOf(calendarId),
      query: QUIET,
      body: { id, ...toBody(event) },
      name: "events.insert",
      expects: [404, 409],
    });
    if (!reply.ok) return reply;
    if (reply.value.status < 300) return asWritten(reply.value);
    if (reply.value.status === 404) return refuse("gone");
    const revived = await patch(client, calendarId, id, event, undefined);
    if (revived.ok && revived.value.status < 300) return asWritten(revived.value);
    if (!revived.ok && revived.reason !== "rejected") return revived;
  }
  return refuse("conflict");
}

const patch = (client: Client, calendarId: string, id: string, event: CalendarEvent, etag: string | undefined) =>
  client({
    method: "PATCH",
    path: pathOf(calendarId, id),
    query: QUIET,
    body: toBody(event),
    ifMatch: etag,
    name: "events.patch",
    expects: [404, 410, 412],
  });

function asWritten(reply: Reply): Outcome<WrittenEvent> {
  const answer = read(written, reply);
  return answer.ok ? ok({ externalId: answer.value.id, etag: answer.value.etag }) : answer;
}

export async function deleteEvent(
  client: Client,
  calendarId: string,
  key: string,
  known: WrittenEvent | undefined,
): Promise<Outcome<void>> {
  for (const id of known ? [known.externalId] : idsOf(key)) {
    const reply = await client({
      method: "DELETE",
      path: pathOf(calendarId, id),
      query: QUIET,
      name: "events.delete",
      expects: [404, 410],
    });
    if (!reply.ok) return reply;
  }
  return ok(undefined);
}
