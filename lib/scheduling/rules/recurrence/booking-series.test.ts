import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { isoOf, parseIsoDay } from "../civil";
import { zoneOf } from "../zone";
import { bookingOccurrences, parseBookingRule } from "./booking-series";

const dayOf = (text: string) => parseIsoDay(text) ?? 0;

function occurrencesOf(text: string, firstDay: string, minute = 540, except: string[] = [], most = 60) {
  const rule = parseBookingRule(text);
  if (!rule.ok) throw new Error(rule.reason);
  const zone = zoneOf("America/New_York");
  return bookingOccurrences(
    { rule: rule.value, zone, firstDay: dayOf(firstDay), minute, exceptDays: new Set(except.map(dayOf)) },
    most,
  );
}

describe("a series of bookings", () => {
  it("stays at its time of day over a clock change", () => {
    const found = occurrencesOf("FREQ=WEEKLY;COUNT=3", "2027-03-08");
    if (!found.ok) throw new Error(found.reason);
    const expected = ["2027-03-08", "2027-03-15", "2027-03-22"].map(
      (day) => Temporal.ZonedDateTime.from(`${day}T09:00[America/New_York]`).epochMilliseconds,
    );
    expect(found.value.map(({ startMs }) => startMs)).toEqual(expected);
    expect(found.value.every(({ isMoved }) => !isMoved)).toBe(true);
  });

  it("says which occurrence is moved by clocks that go forward over it", () => {
    const found = occurrencesOf("FREQ=DAILY;COUNT=3", "2027-03-13", 150);
    if (!found.ok) throw new Error(found.reason);
    expect(found.value.map(({ day, isMoved }) => [isoOf(day), isMoved])).toEqual([
      ["2027-03-13", false],
      ["2027-03-14", true],
      ["2027-03-15", false],
    ]);
  });

  it("leaves out single days, which still count, and includes the day that ends it", () => {
    const found = occurrencesOf("FREQ=WEEKLY;UNTIL=20261215", "2026-11-24", 540, ["2026-12-01"]);
    if (!found.ok) throw new Error(found.reason);
    expect(found.value.map(({ day }) => isoOf(day))).toEqual(["2026-11-24", "2026-12-08", "2026-12-15"]);
  });

  it("is refused when it is too long or empty", () => {
    expect(occurrencesOf("FREQ=DAILY;COUNT=61", "2026-11-24")).toMatchObject({ ok: false, reason: "too_many" });
    expect(occurrencesOf("FREQ=DAILY;UNTIL=20261101", "2026-11-24")).toMatchObject({ reason: "no_occurrence" });
  });

  it.each([
    ["FREQ=WEEKLY", "endless_rule"],
    ["FREQ=YEARLY;COUNT=2", "unsupported_rule"],
    ["FREQ=DAILY;BYHOUR=9,15;COUNT=2", "unsupported_rule"],
    ["weekly", "not_a_rule"],
  ])("%s is refused", (text, reason) => {
    expect(parseBookingRule(text)).toMatchObject({ ok: false, reason });
  });
});
