import type { EventRecord, Times } from "./records";
import { occurrencesOf } from "./recurrence";
import type { CalendarStore } from "./store";
import { originalStartOf, overlaps, stampOf, type Window } from "./times";

/** What stands in a calendar at one time: an event by itself, or one occurrence of a series. */
export interface Instance {
  id: string;
  kind: "single" | "occurrence" | "exception";
  /** The event itself, the exception, or the series an occurrence is made from. */
  record: EventRecord;
  masterId: string | undefined;
  originalStart: string | undefined;
  times: Times;
  isCancelled: boolean;
  /** The calendar's change that made it as it is. */
  sequence: number;
}

export const instanceId = (masterId: string, originalStart: string): string => `${masterId}_${stampOf(originalStart)}`;

/** Everything in the window, cancelled things included: an expanded view of a calendar. */
export function instancesOf(store: CalendarStore, calendarId: string, window: Window): Instance[] {
  const records = store.events(calendarId);
  return records
    .filter((record) => record.masterId === undefined)
    .flatMap((record) => (record.recurrence ? seriesOf(records, record, window) : single(record, window)));
}

/** Occurrences and exceptions of one series. */
export function seriesOf(records: EventRecord[], master: EventRecord, window: Window): Instance[] {
  const exceptions = records.filter((record) => record.masterId === master.eventId);
  const moved = new Map(exceptions.map((record) => [record.originalStart, record]));
  const regular = occurrences(master.times, master, window)
    .filter((times) => !moved.has(originalStartOf(times)))
    .map((times) => occurrence(master, times, master.isCancelled, master.sequence));
  const changed = exceptions
    .filter((record) => overlaps(record.times, window))
    .map(standing)
    .map((each) => ({
      ...each,
      isCancelled: each.isCancelled || master.isCancelled,
      sequence: Math.max(each.sequence, master.sequence),
    }));
  return [...regular, ...changed];
}

/**
 * What a reader who knows the calendar as of change `since` must be told about the window: what stands in it differently, what left it by
 * a move (`isOutside`), and what ceased to be (cancelled).
 */
export function changesOf(
  store: CalendarStore,
  calendarId: string,
  since: number,
  window: Window,
): (Instance & { isOutside: boolean })[] {
  const inside = instancesOf(store, calendarId, window).filter((each) => each.sequence > since);
  const outside = store
    .events(calendarId)
    .filter((record) => !record.recurrence && record.sequence > since && !overlaps(record.times, window))
    .map(standing);
  return [
    ...[...inside, ...ceasedSince(store, calendarId, since, window)].map((each) => ({ ...each, isOutside: false })),
    ...outside.map((each) => ({ ...each, isOutside: true })),
  ];
}

/** Occurrences that were there at or after a change of the calendar and are there no more, because their series took another shape. */
function ceasedSince(store: CalendarStore, calendarId: string, since: number, window: Window): Instance[] {
  const records = store.events(calendarId);
  return records.flatMap((master) => {
    if (master.former.every((shape) => shape.untilSequence <= since)) return [];
    const isThere = new Set(master.recurrence ? seriesOf(records, master, window).map((each) => each.id) : []);
    const ceased = new Map<string, Instance>();
    for (const shape of master.former.filter((each) => each.untilSequence > since))
      for (const times of occurrencesOf(shape.times, shape.recurrence, window)) {
        const each = occurrence(master, times, true, shape.untilSequence);
        if (!isThere.has(each.id)) ceased.set(each.id, each);
      }
    return [...ceased.values()];
  });
}

const occurrences = (times: Times, master: EventRecord, window: Window): Times[] =>
  master.recurrence ? occurrencesOf(times, master.recurrence, window) : [];

function occurrence(master: EventRecord, times: Times, isCancelled: boolean, sequence: number): Instance {
  const originalStart = originalStartOf(times);
  const id = instanceId(master.eventId, originalStart);
  return {
    id,
    kind: "occurrence",
    record: master,
    masterId: master.eventId,
    originalStart,
    times,
    isCancelled,
    sequence,
  };
}

const single = (record: EventRecord, window: Window): Instance[] =>
  overlaps(record.times, window) ? [standing(record)] : [];

function standing(record: EventRecord): Instance {
  const { eventId: id, masterId, originalStart, times, isCancelled, sequence } = record;
  return { id, kind: masterId ? "exception" : "single", record, masterId, originalStart, times, isCancelled, sequence };
}
