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

/**
 * The property by which an event of ours is found again. It can be filtered by, which is not said of `transactionId`; but it is not among
 * what changes of a view tell, and `transactionId` is: so both carry the key.
 */
export const MARK = "String {6cc6ea95-5333-4c4d-a2db-060fe5ac930c} Name calyKey";

/** A civil time in UTC, as was asked for; any other zone makes the answer unreadable. Seven decimals, of which we keep three. */
const moment = z
  .object({
    dateTime: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/),
    timeZone: z.literal(["UTC", "Etc/UTC"]),
  })
  .transform(({ dateTime }) => dateTime.slice(0, 23));

const removedShape = z.object({ id: z.string(), "@removed": z.object({}) });
/** Of what only says that somebody is free, nothing has to be readable: without it they are busy. */
const eventShape = z.object({
  id: z.string(),
  type: z.string().optional(),
  seriesMasterId: z.string().nullish(),
  isAllDay: z.boolean().nullish(),
  isCancelled: z.boolean().nullish().catch(undefined),
  showAs: z.string().nullish().catch(undefined),
  responseStatus: z.object({ response: z.string().nullish() }).nullish().catch(undefined),
  transactionId: z.string().nullish().catch(undefined),
  start: moment,
  end: moment,
});
/** Whatever else comes with an id. */
const unreadShape = z
  .object({
    id: z.string(),
    type: z.string().optional().catch(undefined),
    seriesMasterId: z.string().nullish().catch(undefined),
    start: moment.optional().catch(undefined),
  })
  .transform((event) => ({ ...event, isUnread: true as const }));

type ReadEvent = z.output<typeof eventShape>;
export type GraphEvent = ReadEvent | z.output<typeof unreadShape>;
export type GraphChange = z.output<typeof removedShape> | GraphEvent;

export const deltaShape = z.object({
  value: z.array(z.union([removedShape, eventShape, unreadShape])),
  "@odata.nextLink": z.string().optional(),
  "@odata.deltaLink": z.string().optional(),
});
export const pageShape = z.object({
  value: z.array(z.union([eventShape, unreadShape])),
  "@odata.nextLink": z.string().optional(),
});

/** What is asked for of a list: nothing of what an event is about, or of who else comes. */
export const FIELDS = "id,type,seriesMasterId,isAllDay,isCancelled,showAs,responseStatus,transactionId,start,end";

export const isRemoved = (change: GraphChange): change is z.output<typeof removedShape> => "@removed" in change;

type Frame = Pick<SyncRequest, "window" | "zone">;

/**
 * One event, or all there is of one series. An occurrence that does not say how it is shown is shown as its series is, `master`, which by
 * itself blocks nothing: its first time comes as an occurrence of its own.
 */
export function toItem(itemId: string, events: readonly GraphEvent[], frame: Frame, master?: GraphEvent): CalendarItem {
  const unread = events.flatMap((event) => unreadOf(event) ?? []);
  const readable = events.filter((event): event is ReadEvent => !("isUnread" in event));
  const blocks = readable
    .filter((event) => event.type !== "seriesMaster")
    .flatMap((event) => blockOf({ ...inherited(master), ...given(event) }, frame))
    .concat(unread.flatMap(({ atMs: startMs }) => (startMs ? { startMs, endMs: startMs + ASSUMED_LENGTH_MS } : [])))
    .sort((a, b) => a.startMs - b.startMs);
  const isSeries = master !== undefined || events.some((event) => event.seriesMasterId);
  // Whoever made a series of a booking has taken up times we know nothing of.
  return { itemId, blocks, unread: unread[0], key: isSeries ? undefined : keyOf(readable[0]) };
}

const unreadOf = (event: GraphEvent): UnreadPart | undefined =>
  "isUnread" in event
    ? { what: event.start ? "end" : "start", atMs: event.start ? Date.parse(`${event.start}Z`) : undefined }
    : undefined;

type Standing = Pick<ReadEvent, "isAllDay" | "isCancelled" | "showAs" | "responseStatus">;

const inherited = (master: GraphEvent | undefined): Standing => {
  if (!master || "isUnread" in master) return { isAllDay: undefined };
  const { isAllDay, isCancelled, showAs, responseStatus } = master;
  return { isAllDay, isCancelled, showAs, responseStatus };
};

const given = (event: ReadEvent): ReadEvent =>
  Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined && value !== null)) as ReadEvent;

/** Who works elsewhere works, and can be booked; what is not said, and what is not known, counts as busy. */
const OPEN = new Set(["free", "workingElsewhere"]);

function blockOf(event: ReadEvent, { window, zone }: Frame): BusyBlock[] {
  if (event.isCancelled || event.responseStatus?.response === "declined" || OPEN.has(event.showAs ?? "busy")) return [];
  const [startMs, endMs] = [msOf(event, "start", zone), msOf(event, "end", zone)];
  return startMs < endMs && startMs < window.toMs && endMs > window.fromMs ? [{ startMs, endMs }] : [];
}

/**
 * Days are told as midnights of no zone, whatever zone is asked for; that is not documented, so a day that does not begin at midnight is
 * read as the instant it would then be.
 */
function msOf(event: ReadEvent, end: "start" | "end", zone: string): number {
  const text = event[end];
  if (event.isAllDay && /T00:00:00(\.0+)?$/.test(text))
    return Temporal.PlainDate.from(text.slice(0, 10)).toZonedDateTime(zone).epochMilliseconds;
  return Date.parse(`${text}Z`);
}

/** A transaction's id: the key, with a number from the second on. */
export const transactionIdOf = (key: string, attempt: number): string => (attempt === 1 ? key : `${key}.${attempt}`);

const keyOf = (event: ReadEvent | undefined): string | undefined =>
  /^([0-9a-f]{64})(\.\d)?$/.exec(event?.transactionId ?? "")?.[1];

/** What is written. Times in UTC: the names of zones that Graph takes are not IANA's alone. */
export const toBody = (event: CalendarEvent): object => ({
  subject: event.title,
  body: { contentType: "text", content: event.description },
  location: { displayName: event.location },
  start: { dateTime: new Date(event.startMs).toISOString().slice(0, 19), timeZone: "UTC" },
  end: { dateTime: new Date(event.endMs).toISOString().slice(0, 19), timeZone: "UTC" },
  isAllDay: false,
  showAs: "busy",
  singleValueExtendedProperties: [{ id: MARK, value: event.key }],
});

export const calendarsShape = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullish(),
      canEdit: z.boolean().nullish(),
      isDefaultCalendar: z.boolean().nullish(),
    }),
  ),
  "@odata.nextLink": z.string().optional(),
});

export const toCalendar = (entry: z.output<typeof calendarsShape>["value"][number]): RemoteCalendar => ({
  externalId: entry.id,
  name: entry.name ?? "",
  // The mailbox has a zone, its calendars have none.
  zone: undefined,
  isWritable: entry.canEdit ?? false,
  isPrimary: entry.isDefaultCalendar ?? false,
});
