import { type Budget, instantOfLocal, type LocalMs, seriesTimes, toLocal } from "@/lib/scheduling/ports";
import type { Event } from "./events";
import type { BusyTime, Window } from "./read-busy";
import { instantOf, type Moment } from "./times";

const DAY_MS = 86_400_000;
/** What an occurrence costs besides finding it, in steps of the budget. */
const OCCURRENCE_STEPS = 20;

/** Adds what the events of one UID keep busy in the window: series, with the occurrences that other events replace, and single events. */
export function addSeries(events: readonly Event[], window: Window, budget: Budget, busy: BusyTime[]): void {
  const changes = latest(events.filter(({ replaces }) => replaces !== undefined));
  const series = events.filter(({ replaces }) => replaces === undefined);
  for (const event of series) addOccurrences(event, changes, window, budget, busy);
  for (const { isBusy, start, lengthMs, uid } of changes)
    if (isBusy) busy.push(blockOf(start, start.local, lengthMs, uid));
}

function blockOf({ zone }: Moment, local: LocalMs, lengthMs: LocalMs, uid: string): BusyTime {
  return [instantOfLocal(zone, local), instantOfLocal(zone, local + lengthMs), uid];
}

/** Of several changes of one occurrence the one with the highest sequence; of equals the last in the file. */
function latest(changes: readonly Event[]): Event[] {
  const byOccurrence = new Map<number, Event>();
  for (const change of changes) {
    const at = change.replaces ? instantOf(change.replaces.moment) : 0;
    const known = byOccurrence.get(at);
    if (!known || known.sequence <= change.sequence) byOccurrence.set(at, change);
  }
  return [...byOccurrence.values()];
}

function addOccurrences(
  event: Event,
  changes: readonly Event[],
  window: Window,
  budget: Budget,
  busy: BusyTime[],
): void {
  const { start, uid } = event;
  const isReplaced = matcher(
    event,
    changes.flatMap(({ replaces }) => replaces?.moment ?? []),
  );
  const following = changes.filter(({ replaces }) => replaces?.andLater);
  const reach = Math.max(event.lengthMs, ...following.map((change) => Math.abs(shiftOf(change)) + change.lengthMs));
  for (const local of timesOf(event, window, reach, budget)) {
    budget.steps -= OCCURRENCE_STEPS;
    if (budget.steps < 0) return;
    if (isReplaced(local)) continue;
    const instant = instantOfLocal(start.zone, local);
    const change = following.findLast(({ replaces }) => replaces && instantOf(replaces.moment) <= instant);
    if (!(change ?? event).isBusy) continue;
    const own = event.extra.find((extra) => instantOf(extra.start) === instant)?.lengthMs;
    if (change) busy.push(blockOf(start, local + shiftOf(change), change.lengthMs, uid));
    else busy.push(blockOf(start, local, own ?? event.lengthMs, uid));
  }
}

/** How much later than the occurrence it replaces a change takes place. */
const shiftOf = ({ start, replaces }: Event): number =>
  replaces ? toLocal(replaces.moment.zone, instantOf(start)) - replaces.moment.local : 0;

function* timesOf(event: Event, window: Window, reach: number, budget: Budget): Generator<LocalMs, void> {
  const { start, rules, exceptRules, extra, except } = event;
  if (rules.length + extra.length === 0) {
    yield start.local;
    return;
  }
  const isExcept = matcher(event, except);
  const notBefore = toLocal(start.zone, window.fromMs) - reach - DAY_MS;
  const last = toLocal(start.zone, window.toMs) + reach + DAY_MS;
  const times = seriesTimes(
    {
      start: { ms: start.local, isDate: start.isDate, zone: start.zone, notBefore },
      rules,
      exceptRules,
      // The first start belongs to the series, whatever its rule names (§3.8.5.3).
      extra: [start.local, ...extra.map((each) => toLocal(start.zone, instantOf(each.start)))],
    },
    budget,
  );
  for (const local of times) {
    if (local > last) return;
    if (local >= notBefore && !isExcept(local)) yield local;
  }
}

/** Whether an occurrence is one of the moments named; a date names every occurrence of its day. */
function matcher({ start }: Event, moments: readonly Moment[]): (local: LocalMs) => boolean {
  const exact = new Set<LocalMs>();
  const days = new Set<number>();
  for (const moment of moments) {
    if (moment.isDate) days.add(Math.floor(moment.local / DAY_MS));
    else if (start.isDate) days.add(Math.floor(toLocal(start.zone, instantOf(moment)) / DAY_MS));
    else exact.add(toLocal(start.zone, instantOf(moment)));
  }
  return (local) => exact.has(local) || (days.size > 0 && days.has(Math.floor(local / DAY_MS)));
}
