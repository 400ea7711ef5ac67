import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_MS, MINUTE_MS, parseIsoDay } from "./civil";
import { explainTime } from "./explain";
import { withOccupied } from "./occupied";
import { offeredSlots } from "./offered-slots";
import { planBooking } from "./plan-booking";
import { activeStaffFor, bounds, type Schedule, type ScheduledService, type ScheduledStaff } from "./schedule";
import { toInstant, zoneOf } from "./zone";

const zone = zoneOf("America/New_York");
const day = parseIsoDay("2026-11-24") ?? 0;
const at = (time: string, on = day): number => {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return toInstant(zone, on, hour * 60 + minute);
};
const nowMs = at("10:00", day - 4);
const office = [
  { startMinute: 540, endMinute: 720 },
  { startMinute: 780, endMinute: 1020 },
];

const haircut: ScheduledService = {
  id: "haircut",
  name: "Haircut",
  aliases: [],
  description: "",
  priceCents: null,
  active: true,
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 15,
  gridMinutes: 30,
  minNoticeMinutes: 120,
  horizonDays: 30,
  seats: 1,
  staffNeeded: 1,
  maxPerDay: null,
  maxPerWeek: null,
  pools: [],
  locationIds: [],
};

const person = (id: string, name: string, more: Partial<ScheduledStaff> = {}): ScheduledStaff => ({
  id,
  name,
  zone,
  weekly: undefined,
  overrides: new Map(),
  serviceIds: new Set(["haircut"]),
  active: true,
  busy: new Float64Array(),
  locationId: null,
  maxPerDay: null,
  maxPerWeek: null,
  ownMinutes: undefined,
  weights: undefined,
  ...more,
});

const schedule = (more: Partial<Schedule> = {}): Schedule => ({
  zone,
  currency: "USD",
  businessName: "Salon",
  business: {
    weekly: [[], office, office, office, office, office, []],
    overrides: new Map([
      [day + 2, []],
      [day + 1, []],
    ]),
  },
  closures: new Map([
    [day + 2, "Thanksgiving Day"],
    [day + 1, "Painting"],
  ]),
  holidays: new Map([[day + 2, "Thanksgiving Day"]]),
  services: [haircut],
  staff: [person("anna", "Anna"), person("ben", "Ben")],
  locations: [],
  resources: [],
  sessions: [],
  tally: new Map(),
  ...more,
});

const explain = (startMs: number, more: Partial<Schedule> = {}, service = haircut, staffId?: string) =>
  explainTime(schedule({ services: [service], ...more }), { service, startMs, nowMs, staffId });

describe("why a time is refused, in words", () => {
  it.each([
    [
      "past",
      at("10:00", day - 5),
      "in_the_past",
      "Thursday the 19th of November at 10 in the morning has already passed",
    ],
    [
      "notice",
      at("11:00", day - 4),
      "too_soon",
      "Today at 11 in the morning is too soon for us to arrange: we need 2 hours' notice",
    ],
    ["horizon", at("10:00", day + 28), "too_far", /further ahead than we book: Haircut can be booked 30 days ahead$/],
    ["holiday", at("10:00", day + 2), "holiday", "We are closed on Thursday the 26th for Thanksgiving Day"],
    ["own date", at("10:00", day + 1), "closed_date", "We are closed on Wednesday the 25th (Painting)"],
    ["weekday", at("10:00", day + 5), "closed_weekday", "We are closed on Sundays"],
    ["early", at("8:00"), "before_opening", "We open at 9 in the morning on Tuesdays"],
    ["late", at("18:00"), "after_closing", "We close at 5 in the afternoon on Tuesdays"],
    [
      "too long",
      at("16:30"),
      "runs_past_closing",
      "Haircut takes an hour and we close at 5 in the afternoon on Tuesdays",
    ],
    ["break", at("12:30"), "in_break", "We are closed from 12 noon to 1 in the afternoon on Tuesdays"],
    ["off grid", at("10:10"), "off_grid", "Haircut begins every 30 minutes"],
  ] as const)("%s", (_, startMs, rule, say) => {
    const found = explain(startMs);
    expect(found.why?.rule).toBe(rule);
    expect(found.isOffered).toBe(false);
    expect(found.isBookable).toBe(rule === "off_grid");
    if (typeof say === "string") expect(found.say).toBe(say);
    else expect(found.say).toMatch(say);
  });

  it("names the person whose hours, bookings or limits decide", () => {
    const mornings = person("anna", "Anna", {
      weekly: [[], [], [{ startMinute: 540, endMinute: 660 }], [], [], [], []],
    });
    expect(explain(at("14:00"), { staff: [mornings] }).say).toBe(
      "Anna works from 9 in the morning to 11 in the morning on Tuesdays",
    );
    const off = person("anna", "Anna", { overrides: new Map([[day, []]]) });
    expect(explain(at("14:00"), { staff: [off] }).say).toBe("Anna does not work on Tuesday the 24th");
    const busy = person("anna", "Anna", { busy: Float64Array.of(at("15:10"), at("16:00")) });
    expect(explain(at("14:00"), { staff: [busy] }).say).toMatch(/^There is not enough time for Haircut around/);
    expect(explain(at("15:30"), { staff: [busy] }).say).toBe("Tuesday the 24th at 3:30 in the afternoon is taken");
    const limited = person("anna", "Anna", { maxPerWeek: 2 });
    const tally = new Map([[`anna w${day - 1}`, 2]]);
    expect(explain(at("14:00"), { staff: [limited], tally }).say).toBe(
      "Anna takes at most 2 bookings a week, and that week is full",
    );
    expect(explain(at("14:00"), {}, haircut, "nobody")).toMatchObject({ why: { rule: "nobody_does_it" } });
    expect(
      explain(at("14:00"), { staff: [person("anna", "Anna", { serviceIds: new Set() })] }, haircut, "anna").say,
    ).toBe("Anna does not do Haircut");
  });

  it("of several people the one who was nearest to being free decides, and everybody is told of", () => {
    const staff = [
      person("anna", "Anna", { overrides: new Map([[day, []]]) }),
      person("ben", "Ben", { busy: Float64Array.of(at("14:00"), at("15:00")) }),
    ];
    const found = explain(at("14:00"), { staff });
    expect(found.why?.rule).toBe("staff_busy");
    expect(found.staff.map((each) => each.why?.rule)).toEqual(["staff_hours", "staff_busy"]);
  });

  it("of a free time says who does it and why they", () => {
    const found = explainTime(schedule(), {
      service: haircut,
      startMs: at("10:00"),
      nowMs,
      turns: new Map([
        ["anna", 2],
        ["ben", 1],
      ]),
    });
    expect(found.say).toBe(
      "Tuesday the 24th at 10 in the morning is free with Ben: it is their turn (1 of 3 turns so far, share 1 of 2)",
    );
    expect(explain(at("10:00"), {}, haircut, "anna").who).toMatchObject({ id: "anna", by: "asked" });
  });
});

const service = fc.record({
  durationMinutes: fc.integer({ min: 1, max: 8 }).map((n) => n * 15),
  bufferBeforeMinutes: fc.constantFrom(0, 10),
  bufferAfterMinutes: fc.constantFrom(0, 15),
  gridMinutes: fc.constantFrom(15, 20, 60),
  seats: fc.constantFrom(1, 1, 3),
  staffNeeded: fc.constantFrom(1, 1, 2, 0),
  maxPerDay: fc.constantFrom(null, null, 2),
  maxPerWeek: fc.constantFrom(null, null, 3),
  pools: fc.constantFrom(
    [],
    [],
    [["red", "blue"]],
    [
      ["red", "blue"],
      ["blue", "green"],
    ],
  ),
  locationIds: fc.constantFrom([], [], ["east"]),
});
const blocks = fc.array(fc.tuple(fc.integer({ min: -20, max: 120 }), fc.integer({ min: 1, max: 8 })), { maxLength: 6 });
const toPairs = (id: string, own: [number, number][]) =>
  own.map(
    ([start, length]) =>
      [id, at("0:00") + start * 15 * MINUTE_MS, at("0:00") + (start + length) * 15 * MINUTE_MS] as const,
  );

it("offers exactly the times of the grid that can be booked, whatever is configured, and gives a reason for every other", () => {
  fc.assert(
    fc.property(
      service,
      fc.tuple(blocks, blocks, blocks),
      fc.tuple(blocks, blocks),
      fc.array(
        fc.tuple(fc.constantFrom("anna", "ben"), fc.integer({ min: 36, max: 66 }), fc.integer({ min: 1, max: 3 })),
        { maxLength: 2 },
      ),
      fc.array(fc.tuple(fc.constantFrom("anna", "ben", "cleo"), fc.integer({ min: 0, max: 3 })), { maxLength: 4 }),
      (shape, staffBlocks, roomBlocks, sessions, earlier) => {
        const wanted: ScheduledService = { ...haircut, ...shape, ...(shape.seats > 1 ? { staffNeeded: 1 } : {}) };
        const east = {
          id: "east",
          name: "East",
          zone: zoneOf("America/Chicago"),
          hours: schedule().business,
          closures: new Map(),
          active: true,
        };
        const room = (id: string) => ({
          id,
          name: id,
          locationId: id === "green" ? "east" : null,
          active: true,
          busy: new Float64Array(),
        });
        const base = schedule({
          services: [wanted],
          staff: [
            person("anna", "Anna"),
            person("ben", "Ben", { locationId: "east", maxPerDay: 2, ownMinutes: new Map([["haircut", 45]]) }),
            person("cleo", "Cleo", { weekly: [[], office, [{ startMinute: 600, endMinute: 900 }], [], [], [], []] }),
          ],
          locations: [east],
          resources: [room("red"), room("blue"), room("green")],
        });
        const begun = wanted.seats > 1 ? [...new Map(sessions.map((each) => [each[0], each])).values()] : [];
        const rows = begun.map(([id, start, taken]) => {
          const startMs = at("0:00") + start * 15 * MINUTE_MS;
          const endMs = startMs + wanted.durationMinutes * MINUTE_MS;
          return ["haircut", id, startMs, endMs, startMs, endMs, taken, []] as const;
        });
        const busy = ["anna", "ben", "cleo"].flatMap((id, n) => toPairs(id, staffBlocks[n] ?? []));
        const blocks = [...busy, ...rows.map(([, id, start, end]) => [id, start, end] as const)];
        const loaded = withOccupied(base, {
          busy: [blocks.map(([id]) => id).join(" "), blocks.map(([, start]) => start), blocks.map(([, , end]) => end)],
          sessions: rows,
          resourceBusy: ["red", "blue"].flatMap((id, n) => toPairs(id, roomBlocks[n] ?? [])),
          starts: earlier.map(([id, n]) => ["haircut", id, at("9:00", day + n - 1), true] as const),
          tentative: null,
        });
        const [fromMs, toMs] = [at("0:00"), at("0:00") + DAY_MS];
        const able = activeStaffFor(loaded, wanted);
        const { fromMs: earliest } = bounds(wanted, zone, nowMs);
        const slots = offeredSlots(loaded, { service: wanted, staff: able, fromMs: Math.max(fromMs, earliest), toMs });
        const offered = new Map(slots.map((slot) => [slot.startMs, slot.staffIds]));
        for (const slot of slots)
          for (const id of slot.staffIds) {
            const who = able.find((each) => each.id === id);
            const planned = who && planBooking(loaded, wanted, who, slot.startMs, nowMs);
            expect([slot.startMs, id, planned?.ok || planned?.why]).toEqual([slot.startMs, id, true]);
          }
        for (let startMs = fromMs; startMs < toMs; startMs += 5 * MINUTE_MS) {
          const found = explainTime(loaded, { service: wanted, startMs, nowMs });
          expect([startMs, found.isOffered]).toEqual([startMs, offered.has(startMs)]);
          expect(found.why === undefined).toBe(found.isOffered);
          const free = found.staff.filter((each) => !each.why).map((each) => each.id);
          for (const id of offered.get(startMs) ?? []) expect(free).toContain(id);
          expect(found.say.length).toBeGreaterThan(5);
        }
      },
    ),
    { numRuns: 60 },
  );
});
