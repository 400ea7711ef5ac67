import fc from "fast-check";
import { expect, it } from "vitest";
import { mergeBusy } from "./busy";
import { dayOf, MINUTE_MS } from "./civil";
import type { Span } from "./hours";
import { tallyOf } from "./limits";
import { offeredSlots } from "./offered-slots";
import { planBooking } from "./plan-booking";
import type { Schedule, ScheduledService, ScheduledStaff } from "./schedule";
import { toInstant, zoneOf } from "./zone";

const GRID = 5;
const ZONE = zoneOf("America/New_York");
const FIRST_DAY = dayOf(2027, 3, 13);
const FROM = toInstant(ZONE, FIRST_DAY, 0);
const TO = toInstant(ZONE, FIRST_DAY + 3, 0);
const NOW = FROM - 86_400_000;

const fives = (min: number, max: number) => fc.integer({ min, max }).map((n) => n * GRID);
const spans = fc.constantFrom<Span[]>(
  [{ startMinute: 540, endMinute: 1020 }],
  [
    { startMinute: 60, endMinute: 240 },
    { startMinute: 780, endMinute: 1080 },
  ],
  [{ startMinute: 1200, endMinute: 1440 }],
  [{ startMinute: 0, endMinute: 1440 }],
  [],
);
const week = fc.array(spans, { minLength: 7, maxLength: 7 });
const hours = fc.record({
  weekly: week,
  overrides: fc.dictionary(fc.constantFrom("0", "1", "2"), spans).map(datesOf),
});
const busy = fc
  .array(fc.tuple(fives(-20, 900), fives(1, 40)), { maxLength: 8 })
  .map((list) => mergeBusy(list.map(([at, length]) => [FROM + at * MINUTE_MS, FROM + (at + length) * MINUTE_MS])));

function datesOf(record: Record<string, Span[]>): Map<number, Span[]> {
  return new Map(Object.entries(record).map(([n, day]) => [FIRST_DAY + Number(n), day]));
}

const person = fc.record({
  zone: fc.constantFrom("America/New_York", "America/New_York", "Europe/London", "Asia/Kolkata").map(zoneOf),
  weekly: fc.option(week, { nil: undefined }),
  overrides: fc.dictionary(fc.constantFrom("0", "1", "2"), spans).map(datesOf),
  busy,
  maxPerDay: fc.option(fc.integer({ min: 1, max: 2 })),
  maxPerWeek: fc.option(fc.integer({ min: 1, max: 3 })),
  ownMinutes: fc.option(
    fives(3, 12).map((n) => new Map([["service", n]])),
    { nil: undefined },
  ),
  starts: fc.array(fives(0, 800), { maxLength: 2 }),
});

const service = fc.record({
  durationMinutes: fives(3, 30),
  bufferBeforeMinutes: fives(0, 4),
  bufferAfterMinutes: fives(0, 4),
  maxPerDay: fc.option(fc.integer({ min: 1, max: 3 })),
  staffNeeded: fc.constantFrom(1, 1, 1, 2, 0),
  pools: fc.constantFrom([], [["room"]], [["room", "chair"]]),
});

it("what is offered can be booked with whom it is offered, and what can be booked is offered", () => {
  let offered = 0;
  fc.assert(
    fc.property(
      hours,
      service,
      fc.array(person, { minLength: 1, maxLength: 3 }),
      fc.array(busy, { minLength: 2, maxLength: 2 }),
      (business, asked, people, occupied) => {
        const schedule = scheduleOf(business, asked, people, occupied);
        const [item] = schedule.services as [ScheduledService];
        const slots = offeredSlots(schedule, { service: item, staff: schedule.staff, fromMs: FROM, toMs: TO });
        offered += slots.length;
        const free = new Map(slots.map((slot) => [slot.startMs, slot.staffIds]));
        expect(slots.every((slot, n) => n === 0 || (slots[n - 1]?.startMs ?? 0) < slot.startMs)).toBe(true);
        const differing: object[] = [];
        for (let at = FROM; at < TO; at += GRID * MINUTE_MS) {
          const bookable = schedule.staff.filter((each) => planBooking(schedule, item, each, at, NOW).ok);
          const [isOffered, isBookable] = [free.get(at) ?? [], bookable.map((each) => each.id)];
          if (isOffered.join() !== isBookable.join()) differing.push({ at, isOffered, isBookable });
        }
        expect(differing).toEqual([]);
      },
    ),
    { numRuns: 25, seed: 3 },
  );
  expect(offered).toBeGreaterThan(1000);
});

type Asked = typeof service extends fc.Arbitrary<infer T> ? T : never;
type Someone = typeof person extends fc.Arbitrary<infer T> ? T : never;

function scheduleOf(
  business: Schedule["business"],
  asked: Asked,
  people: readonly Someone[],
  occupied: readonly Float64Array[],
): Schedule {
  const item: ScheduledService = {
    ...asked,
    id: "service",
    name: "Haircut",
    aliases: [],
    description: "",
    priceCents: null,
    minNoticeMinutes: 0,
    horizonDays: 30,
    active: true,
    seats: 1,
    maxPerWeek: null,
    locationIds: [],
    gridMinutes: GRID,
  };
  const staff = people.map(
    ({ starts: _, ...each }, n): ScheduledStaff => ({
      ...each,
      id: `person ${n}`,
      name: `Person ${n}`,
      serviceIds: new Set(["service"]),
      active: true,
      locationId: null,
      weights: undefined,
    }),
  );
  const starts = people.flatMap((each, n) =>
    each.starts.map((at) => ["service", `person ${n}`, FROM + at * MINUTE_MS, true] as const),
  );
  return {
    zone: ZONE,
    currency: "USD",
    businessName: "Salon",
    business,
    closures: new Map(),
    holidays: new Map(),
    services: [item],
    staff,
    locations: [],
    resources: ["room", "chair"].map((id, n) => ({
      id,
      name: id,
      locationId: null,
      active: true,
      busy: occupied[n] ?? mergeBusy([]),
    })),
    sessions: [],
    tally: tallyOf(starts, ZONE),
  };
}
