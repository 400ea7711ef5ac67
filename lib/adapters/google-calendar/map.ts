import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import {
  ASSUMED_LENGTH_MS,
  type BusyBlock,
  type CalendarEvent,
  type CalendarItem,
  type RemoteCalendar,
  type SyncRequest,
  type UnreadPart,
} from "@/lib/calendars/ports";

/** Where the key of our own events stands: a property only this application sees. */
const MARK = "calyKey";

const instant = z.string().refine((text) => /(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)));
const end = z.union([z.object({ dateTime: instant }), z.object({ date: z.iso.date() })]);

/** Of what only says that somebody is free, nothing has to be readable: without it they are busy. */
const standing = z.object({
  id: z.string(),
  status: z.enum(["confirmed", "tentative"]).optional().catch(undefined),
  recurringEventId: z.string().optional(),
  start: end,
  end,
  transparency: z.string().optional().catch(undefined),
  attendees: z
    .array(z.object({ self: z.boolean().optional(), responseStatus: z.string().optional() }))
    .optional()
    .catch(undefined),
  extendedProperties: z
    .object({ private: z.record(z.string(), z.string()).optional() })
    .optional()
    .catch(undefined),
});
/** Whatever else comes with an id. */
const unread = z
  .object({
    id: z.string(),
    recurringEventId: z.string().optional().catch(undefined),
    start: end.optional().catch(undefined),
  })
  .transform((event) => ({ ...event, status: "unread" as const }));
const cancelled = z.object({ id: z.string(), status: z.literal("cancelled"), recurringEventId: z.string().optional() });

export const eventShape = z.union([cancelled, standing, unread]);
export type GoogleEvent = z.output<typeof eventShape>;

export const listShape = z.object({
  timeZone: z.string().optional(),
  nextPageToken: z.string().optional(),
  nextSyncToken: z.string().optional(),
  items: z.array(eventShape).default([]),
});

/** What is asked for of a list: nothing of what an event is about, or of who else comes. */
export const LIST_FIELDS =
  "timeZone,nextPageToken,nextSyncToken,items(id,status,recurringEventId,start,end,transparency,attendees(self,responseStatus),extendedProperties/private)";

type Frame = Pick<SyncRequest, "window" | "zone">;

/** The id of what an event belongs to: an occurrence's series, otherwise the event itself. */
export const itemIdOf = (event: GoogleEvent): string => event.recurringEventId ?? event.id;

/** Events of one item together. Cancelled ones contribute nothing. */
export function toItem(itemId: string, events: readonly GoogleEvent[], frame: Frame): CalendarItem {
  const isSeries = events.some((event) => event.recurringEventId !== undefined);
  const blocks = events.flatMap((event) => blockOf(event, frame)).sort((a, b) => a.startMs - b.startMs);
  // Whoever made a series of a booking has taken up times we know nothing of.
  const key = isSeries ? undefined : events.map(keyOf).find((key) => key !== undefined);
  return { itemId, blocks, unread: events.map((event) => unreadOf(event, frame)).find(Boolean), key };
}

const unreadOf = (event: GoogleEvent, { zone }: Frame): UnreadPart | undefined =>
  event.status === "unread"
    ? { what: event.start ? "end" : "start", atMs: event.start && msOf(event.start, zone) }
    : undefined;

/** Events by the item they belong to, in the order they came. */
export function byItem(events: readonly GoogleEvent[]): Map<string, GoogleEvent[]> {
  const items = new Map<string, GoogleEvent[]>();
  for (const event of events) items.set(itemIdOf(event), [...(items.get(itemIdOf(event)) ?? []), event]);
  return items;
}

function blockOf(event: GoogleEvent, { window, zone }: Frame): BusyBlock[] {
  if (event.status === "cancelled") return [];
  if (event.status === "unread") {
    const startMs = event.start && msOf(event.start, zone);
    return startMs === undefined ? [] : [{ startMs, endMs: startMs + ASSUMED_LENGTH_MS }];
  }
  const isDeclined = event.attendees?.some(({ self, responseStatus }) => self && responseStatus === "declined");
  if (isDeclined || event.transparency === "transparent") return [];
  const [startMs, endMs] = [msOf(event.start, zone), msOf(event.end, zone)];
  return startMs < endMs && startMs < window.toMs && endMs > window.fromMs ? [{ startMs, endMs }] : [];
}

function msOf(given: z.output<typeof end>, zone: string): number {
  if ("dateTime" in given) return Date.parse(given.dateTime);
  return Temporal.PlainDate.from(given.date).toZonedDateTime(zone).epochMilliseconds;
}

function keyOf(event: GoogleEvent): string | undefined {
  if (event.status === "cancelled" || event.status === "unread") return undefined;
  const key = event.extendedProperties?.private?.[MARK];
  return key !== undefined && /^[0-9a-f]{64}$/.test(key) ? key : undefined;
}

/** What is written. `status` brings a deleted event back; a client that leaves it out changes a corpse. */
export const toBody = (event: CalendarEvent): object => ({
  summary: event.title,
  description: event.description,
  location: event.location,
  start: { dateTime: new Date(event.startMs).toISOString(), timeZone: event.zone },
  end: { dateTime: new Date(event.endMs).toISOString(), timeZone: event.zone },
  status: "confirmed",
  transparency: "opaque",
  extendedProperties: { private: { [MARK]: event.key } },
});

export const calendarsShape = z.object({
  nextPageToken: z.string().optional(),
  items: z
    .array(
      z.object({
        id: z.string(),
        summary: z.string().default(""),
        summaryOverride: z.string().optional(),
        timeZone: z.string().optional(),
        accessRole: z.string().optional(),
        primary: z.boolean().optional(),
      }),
    )
    .default([]),
});

export const toCalendar = (entry: z.output<typeof calendarsShape>["items"][number]): RemoteCalendar => ({
  externalId: entry.id,
  name: entry.summaryOverride ?? entry.summary,
  zone: entry.timeZone,
  isWritable: entry.accessRole === "owner" || entry.accessRole === "writer",
  isPrimary: entry.primary ?? false,
});

/** The calendar's own zone, where this runtime knows it. */
export function readableZone(name: string | undefined): string | undefined {
  try {
    return name && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
