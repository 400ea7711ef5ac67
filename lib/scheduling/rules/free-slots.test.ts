import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { mergeBusy } from "./busy";
import { type Day, dayOf, isoOf, MINUTE_MS, parseIsoDay, weekdayOf } from "./civil";
import { freeSlots, type SlotShape } from "./free-slots";
import { type Hours, instantsOf, intersect, type Span, withReach } from "./hours";
import { zoneOf } from "./zone";

type Case = {
  zone: string;
  staffZone: string;
  business: Span[];
  staff: Span[];
  from: Day;
  days: number;
  shape: SlotShape;
  busy: [number, number][];
};

const everyDay = (spans: Span[]): Hours => ({ weekly: Array.from({ length: 7 }, () => spans), overrides: new Map() });

function ours(c: Case): number[] {
  const business = instantsOf(everyDay(c.business), zoneOf(c.zone), c.from - 2, c.from + c.days + 2);
  const staff = instantsOf(everyDay(c.staff), zoneOf(c.staffZone), c.from - 2, c.from + c.days + 2);
  const open = withReach(intersect(business, staff));
  const [fromMs, toMs] = range(c);
  const person = { id: "a", open, busy: mergeBusy(c.busy) };
  return freeSlots({ zone: zoneOf(c.zone), shape: c.shape, people: [person], fromMs, toMs }).map(
    (slot) => slot.startMs,
  );
}

const wall = (day: Day, minute: number, zone: string): number =>
  Temporal.PlainDate.from(isoOf(day))
    .toPlainDateTime()
    .add({ minutes: minute })
    .toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;

const range = (c: Case) => [wall(c.from, 0, c.zone), wall(c.from + c.days, 0, c.zone)] as const;

/** What Temporal said of an instant in a zone: cases look at the same minutes over and over. */
const told = new Map<string, number>();

function localMinutes(at: number, zone: string): number {
  const key = `${zone} ${at}`;
  let minutes = told.get(key);
  if (minutes === undefined) {
    const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
    minutes = here.since("2000-01-01T00:00", { largestUnit: "minute" }).minutes;
    told.set(key, minutes);
  }
  return minutes;
}

/** The definition, minute by minute, on Temporal: no table, no merging, no sweep. */
function bruteForce(c: Case): number[] {
  const pieces: [number, number][] = [];
  const openMinutes = new Set<number>();
  const spansOf = (spans: Span[], zone: string) => {
    const found: [number, number][] = [];
    for (let day = c.from - 2; day <= c.from + c.days + 2; day++)
      for (const span of spans) found.push([wall(day, span.startMinute, zone), wall(day, span.endMinute, zone)]);
    return found;
  };
  for (const [a, b] of spansOf(c.business, c.zone))
    for (const [x, y] of spansOf(c.staff, c.staffZone)) {
      const start = Math.max(a, x);
      const end = Math.min(b, y);
      if (start >= end) continue;
      pieces.push([start, end]);
      for (let t = start; t < end; t += MINUTE_MS) openMinutes.add(t);
    }
  const { durationMinutes, bufferBeforeMinutes, bufferAfterMinutes, gridMinutes } = c.shape;
  const [fromMs, toMs] = range(c);
  const slots = new Set<number>();
  for (const [start, end] of pieces) {
    const anchor = localMinutes(start, c.zone);
    for (let t = start; t < end; t += MINUTE_MS) {
      if (t < fromMs || t >= toMs || (localMinutes(t, c.zone) - anchor) % gridMinutes !== 0) continue;
      let fits = true;
      for (let m = 0; m < durationMinutes && fits; m++) fits = openMinutes.has(t + m * MINUTE_MS);
      const blockStart = t - bufferBeforeMinutes * MINUTE_MS;
      const blockEnd = t + (durationMinutes + bufferAfterMinutes) * MINUTE_MS;
      if (fits && c.busy.every(([s, e]) => e <= blockStart || s >= blockEnd)) slots.add(t);
    }
  }
  return [...slots].sort((a, b) => a - b);
}

const dates: Record<string, string[]> = {
  "America/New_York": ["2027-03-14", "2027-11-07", "2026-06-10"],
  "Europe/London": ["2027-03-28", "2026-10-25"],
  "Australia/Lord_Howe": ["2026-10-04", "2027-04-04"],
  "America/Sao_Paulo": ["2018-11-04", "2019-02-17"],
  "Asia/Kolkata": ["2026-11-24"],
};
const windows: [number, number][] = [
  [0, 6],
  [9, 17],
  [13, 18],
  [22, 24],
];
const shapes: SlotShape[] = [
  { durationMinutes: 60, bufferBeforeMinutes: 0, bufferAfterMinutes: 0, gridMinutes: 60 },
  { durationMinutes: 30, bufferBeforeMinutes: 10, bufferAfterMinutes: 15, gridMinutes: 15 },
  { durationMinutes: 50, bufferBeforeMinutes: 0, bufferAfterMinutes: 10, gridMinutes: 45 },
];

describe.each(Object.entries(dates))("slots in %s", (zone, days) => {
  it.each(windows)(
    "equal a minute-by-minute search on Temporal for hours %i to %i on days of a clock change",
    (a, b) => {
      const spans = [{ startMinute: a * 60, endMinute: b * 60 }];
      for (const iso of days) {
        const from = (parseIsoDay(iso) ?? 0) - 1;
        const middle = wall(from + 1, a * 60 + 40, zone);
        for (const shape of shapes) {
          for (const busy of [[], [[middle, middle + 50 * MINUTE_MS]]] as [number, number][][]) {
            const c: Case = { zone, staffZone: zone, business: spans, staff: spans, from, days: 3, shape, busy };
            expect({ iso, shape, slots: ours(c) }).toEqual({ iso, shape, slots: bruteForce(c) });
          }
        }
      }
    },
  );
});

it("goes on over midnight and between zones as the minute-by-minute search does", () => {
  const shape = { durationMinutes: 90, bufferBeforeMinutes: 5, bufferAfterMinutes: 5, gridMinutes: 30 };
  const night = [
    { startMinute: 0, endMinute: 180 },
    { startMinute: 1260, endMinute: 1440 },
  ];
  const whole = [{ startMinute: 0, endMinute: 1440 }];
  const office = [{ startMinute: 540, endMinute: 1020 }];
  const from = dayOf(2027, 3, 13);
  for (const [business, staff, staffZone] of [
    [night, night, "America/New_York"],
    [whole, office, "Europe/London"],
    [office, night, "Asia/Kolkata"],
    [whole, whole, "Australia/Lord_Howe"],
  ] as const) {
    const c: Case = {
      zone: "America/New_York",
      staffZone,
      business: [...business],
      staff: [...staff],
      from,
      days: 3,
      shape,
      busy: [],
    };
    expect(ours(c)).toEqual(bruteForce(c));
    expect(ours(c).length).toBeGreaterThan(0);
  }
});

const zone = zoneOf("America/New_York");
const from = dayOf(2027, 3, 12);
const base = wall(from, 0, "America/New_York");
const arbitrary = fc.record({
  shape: fc.record({
    durationMinutes: fc.integer({ min: 1, max: 36 }).map((n) => n * 5),
    bufferBeforeMinutes: fc.integer({ min: 0, max: 6 }).map((n) => n * 5),
    bufferAfterMinutes: fc.integer({ min: 0, max: 6 }).map((n) => n * 5),
    gridMinutes: fc.integer({ min: 1, max: 12 }).map((n) => n * 5),
  }),
  spans: fc.constantFrom<Span[]>(
    [{ startMinute: 540, endMinute: 1020 }],
    [
      { startMinute: 480, endMinute: 720 },
      { startMinute: 765, endMinute: 1140 },
    ],
    [{ startMinute: 0, endMinute: 1440 }],
  ),
  busy: fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 5760 }), fc.integer({ min: 1, max: 240 }))
      .map(([start, length]): [number, number] => [base + start * MINUTE_MS, base + (start + length) * MINUTE_MS]),
    { maxLength: 25 },
  ),
});

it("never offers a time that touches a busy one, and offers every free grid time inside hours", () => {
  fc.assert(
    fc.property(arbitrary, ({ shape, spans, busy }) => {
      const c: Case = {
        zone: zone.name,
        staffZone: zone.name,
        business: spans,
        staff: spans,
        from,
        days: 2,
        shape,
        busy,
      };
      const slots = ours(c);
      for (const start of slots) {
        const blockStart = start - shape.bufferBeforeMinutes * MINUTE_MS;
        const blockEnd = start + (shape.durationMinutes + shape.bufferAfterMinutes) * MINUTE_MS;
        expect(busy.some(([s, e]) => s < blockEnd && e > blockStart)).toBe(false);
      }
      expect(slots).toEqual(bruteForce(c));
    }),
    { numRuns: 40 },
  );
});

it("names everyone who is free at a start, in order, and keeps to the window", () => {
  const spans = [{ startMinute: 540, endMinute: 720 }];
  const day = dayOf(2026, 11, 24);
  expect(weekdayOf(day)).toBe(2);
  const open = withReach(instantsOf(everyDay(spans), zone, day, day));
  const nine = wall(day, 540, zone.name);
  const people = [
    { id: "anna", open, busy: mergeBusy([[nine, nine + 60 * MINUTE_MS]]) },
    { id: "ben", open, busy: mergeBusy([]) },
  ];
  const shape = { durationMinutes: 60, bufferBeforeMinutes: 0, bufferAfterMinutes: 0, gridMinutes: 60 };
  const query = { zone, shape, people, fromMs: nine, toMs: nine + 86_400_000 };
  expect(freeSlots(query).map((slot) => slot.staffIds)).toEqual([["ben"], ["anna", "ben"], ["anna", "ben"]]);
  const late = freeSlots({ ...query, window: { fromMinute: 600, toMinute: 660 } });
  expect(late.map((slot) => slot.startMs)).toEqual([nine + 60 * MINUTE_MS]);
});
