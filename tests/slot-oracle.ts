import { Temporal } from "temporal-polyfill";
import { mergeBusy } from "@/lib/scheduling/rules/busy";
import { parseIsoDay } from "@/lib/scheduling/rules/civil";
import { freeSlots, type SlotShape } from "@/lib/scheduling/rules/free-slots";
import { type Hours, instantsOf, withReach } from "@/lib/scheduling/rules/hours";
import { zoneOf } from "@/lib/scheduling/rules/zone";

const MINUTE_MS = 60_000;
/** No zone has changed by less than a quarter of an hour since 2020, so that every grid time lies on one of these. */
const STEP_MINUTES = 5;

/** Opening hours, from and to in whole hours. */
export const WINDOWS = [
  [0, 6],
  [9, 17],
  [13, 18],
  [22, 24],
] as const;

/** Length, buffers and grid of a service, in minutes. */
export const SHAPES: SlotShape[] = [
  { durationMinutes: 60, bufferBeforeMinutes: 0, bufferAfterMinutes: 0, gridMinutes: 60 },
  { durationMinutes: 30, bufferBeforeMinutes: 10, bufferAfterMinutes: 15, gridMinutes: 15 },
  { durationMinutes: 45, bufferBeforeMinutes: 30, bufferAfterMinutes: 0, gridMinutes: 30 },
];

export type Report = { cases: number; slots: number; differing: string[] };

/** Days of a zone's clock changes from 2020 to 2035, as Temporal knows them; one ordinary day where it has none. */
export function daysOfChange(name: string): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  let at = Temporal.PlainDate.from("2020-01-01").toZonedDateTime(name);
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (!next || next.year > 2035) break;
    days.push(next.toPlainDate());
    at = next;
  }
  return days.length > 0 ? days : [Temporal.PlainDate.from("2026-11-24")];
}

/**
 * Compares our slots with a search over every five minutes on Temporal, for the day of a change and one on either side, over all hour
 * windows and shapes, with and without two busy times (one in the middle of the hours, one over noon of the day).
 */
export function compareAround(name: string, day: Temporal.PlainDate, report: Report): void {
  const days = [-1, 0, 1].map((n) => day.add({ days: n }));
  const wallMinutes = minutesOfEach(name, days[0] ?? day);
  for (const [fromHour, toHour] of WINDOWS) {
    const stretches = days.map((each) => [instantOf(name, each, fromHour), instantOf(name, each, toHour)] as const);
    const middle = instantOf(name, day, fromHour) + 100 * MINUTE_MS;
    const noon = instantOf(name, day, 12);
    const busyTimes: [number, number][] = [
      [middle, middle + 35 * MINUTE_MS],
      [noon - 10 * MINUTE_MS, noon + 95 * MINUTE_MS],
    ];
    for (const shape of SHAPES)
      for (const busy of [[], busyTimes]) {
        const expected = search(stretches, wallMinutes, shape, busy);
        const got = ours(name, days, [fromHour, toHour], shape, busy);
        report.cases++;
        report.slots += expected.length;
        if (got.join() !== expected.join())
          report.differing.push(
            `${name} ${day} ${fromHour}–${toHour} ${JSON.stringify(shape)} ${busy.length} busy: ours ${said(got, expected)}, Temporal ${said(expected, got)}`,
          );
      }
  }
}

const said = (times: readonly number[], other: readonly number[]) =>
  `[${times.filter((at) => !other.includes(at)).map((at) => new Date(at).toISOString())}]`;

function instantOf(name: string, day: Temporal.PlainDate, hour: number): number {
  const local = day.toPlainDateTime().add({ hours: hour });
  return local.toZonedDateTime(name, { disambiguation: "compatible" }).epochMilliseconds;
}

/** Minutes the wall clock shows since the first day's midnight, by instant, over three days and what is around them. */
function minutesOfEach(name: string, first: Temporal.PlainDate): Map<number, number> {
  const found = new Map<number, number>();
  const start = instantOf(name, first, 0);
  for (let at = start; at < start + 75 * 60 * MINUTE_MS; at += STEP_MINUTES * MINUTE_MS) {
    const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);
    const days = first.until(here.toPlainDate()).days;
    found.set(at, days * 1440 + here.hour * 60 + here.minute);
  }
  return found;
}

function search(
  stretches: readonly (readonly [number, number])[],
  wallMinutes: ReadonlyMap<number, number>,
  shape: SlotShape,
  busy: readonly (readonly [number, number])[],
): number[] {
  const { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes, gridMinutes } = shape;
  const found: number[] = [];
  for (const [start, end] of stretches) {
    const anchor = wallMinutes.get(start) ?? Number.NaN;
    for (let at = start; at + durationMinutes * MINUTE_MS <= end; at += STEP_MINUTES * MINUTE_MS) {
      if (((wallMinutes.get(at) ?? Number.NaN) - anchor) % gridMinutes !== 0) continue;
      const from = at - bufferBeforeMinutes * MINUTE_MS;
      const to = at + (durationMinutes + bufferAfterMinutes) * MINUTE_MS;
      if (busy.every(([busyFrom, busyTo]) => busyTo <= from || busyFrom >= to)) found.push(at);
    }
  }
  return found;
}

function ours(
  name: string,
  days: readonly Temporal.PlainDate[],
  [fromHour, toHour]: readonly [number, number],
  shape: SlotShape,
  busy: [number, number][],
): number[] {
  const zone = zoneOf(name);
  const spans = [{ startMinute: fromHour * 60, endMinute: toHour * 60 }];
  const hours: Hours = { weekly: Array.from({ length: 7 }, () => spans), overrides: new Map() };
  const [firstDay = 0, , lastDay = 0] = days.map((day) => parseIsoDay(`${day}`));
  const [fromMs, toMs] = [0, 3].map((n) => instantOf(name, days[0]?.add({ days: n }) as Temporal.PlainDate, 0));
  const open = withReach(instantsOf(hours, zone, firstDay - 1, lastDay + 1));
  const people = [{ id: "a", open, busy: mergeBusy(busy) }];
  const slots = freeSlots({ zone, shape, people, fromMs: fromMs ?? 0, toMs: toMs ?? 0 });
  return slots.map((slot) => slot.startMs);
}
