import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoOf, parseIsoDay } from "../civil";
import { zoneOf } from "../zone";
import { bookingOccurrences, parseBookingRule } from "./booking-series";
import { continuingFrom, endingBefore, type Repeating } from "./split-rule";

const dayOf = (iso: string) => parseIsoDay(iso) ?? 0;

function datesOf({ rule, firstDay }: Repeating): number[] {
  const parsed = parseBookingRule(rule);
  if (!parsed.ok) throw new Error(`${rule}: ${parsed.reason}`);
  const found = bookingOccurrences({ rule: parsed.value, zone: zoneOf("UTC"), firstDay, minute: 600 }, 1_000);
  return found.ok ? found.value.map(({ day }) => day) : [];
}

const split = (rule: string, first: string, from: string, byDays: number) => {
  const { firstDay, ...rest } = continuingFrom({ rule, firstDay: dayOf(first) }, dayOf(from), byDays);
  return [endingBefore(rule, dayOf(from)), isoOf(firstDay), rest.rule, rest.byDays];
};

describe("a series that is other from one of its dates on", () => {
  it.each([
    ["FREQ=WEEKLY;COUNT=10", "2026-12-15", 0, "FREQ=WEEKLY;UNTIL=20261214", "2026-12-15", "FREQ=WEEKLY;COUNT=7", 0],
    ["FREQ=WEEKLY;COUNT=10", "2026-12-15", 2, "FREQ=WEEKLY;UNTIL=20261214", "2026-12-17", "FREQ=WEEKLY;COUNT=7", 2],
    [
      "rrule:freq=weekly;interval=2;until=20270119",
      "2026-12-22",
      -1,
      "FREQ=WEEKLY;INTERVAL=2;UNTIL=20261221",
      "2026-12-21",
      "FREQ=WEEKLY;INTERVAL=2;UNTIL=20270118",
      -1,
    ],
    [
      "FREQ=WEEKLY;BYDAY=TU,FR;COUNT=6",
      "2026-12-04",
      1,
      "FREQ=WEEKLY;BYDAY=TU,FR;UNTIL=20261203",
      "2026-12-05",
      "FREQ=WEEKLY;BYDAY=WE,SA;WKST=TU;COUNT=3",
      1,
    ],
    // "The fourth Tuesday" a day later is no fourth Wednesday where the month begins with one: it keeps its own dates.
    [
      "FREQ=MONTHLY;BYDAY=4TU;COUNT=24",
      "2026-12-22",
      1,
      "FREQ=MONTHLY;BYDAY=4TU;UNTIL=20261221",
      "2026-12-22",
      "FREQ=MONTHLY;BYDAY=4TU;COUNT=23",
      0,
    ],
  ])("%s from %s, %s days later", (rule, from, byDays, ...expected) => {
    expect(split(rule, "2026-11-24", from, byDays)).toEqual(expected);
  });

  it("has the same dates as before, in two parts, the second moved as a whole", () => {
    const part = fc.record({
      frequency: fc.constantFrom("DAILY", "WEEKLY", "MONTHLY"),
      interval: fc.integer({ min: 1, max: 4 }),
      days: fc.subarray(["SU", "MO", "TU", "WE", "TH", "FR", "SA"]),
      weekStart: fc.constantFrom("", ";WKST=SU", ";WKST=WE"),
      end: fc.oneof(
        fc.integer({ min: 1, max: 30 }).map((n) => `COUNT=${n}`),
        fc.integer({ min: 0, max: 400 }).map((n) => `UNTIL=${isoOf(20_781 + n).replaceAll("-", "")}`),
      ),
    });
    fc.assert(
      fc.property(part, fc.nat(30), fc.nat(30), fc.integer({ min: -40, max: 40 }), (rule, start, at, byDays) => {
        const days = rule.days.length > 0 ? `;BYDAY=${rule.days.join(",")}` : "";
        const text = `FREQ=${rule.frequency};INTERVAL=${rule.interval}${days}${rule.weekStart};${rule.end}`;
        const series = { rule: text, firstDay: 20_751 + start };
        const dates = datesOf(series);
        const from = dates[at % Math.max(dates.length, 1)];
        if (from === undefined) return;
        expect(datesOf({ ...series, rule: endingBefore(text, from) })).toEqual(dates.filter((day) => day < from));
        const next = continuingFrom(series, from, byDays);
        expect(datesOf(next)).toEqual(dates.filter((day) => day >= from).map((day) => day + next.byDays));
        if (rule.frequency === "WEEKLY") expect(next.byDays).toBe(byDays);
        else expect([0, byDays]).toContain(next.byDays);
      }),
      { numRuns: 300 },
    );
  });
});
