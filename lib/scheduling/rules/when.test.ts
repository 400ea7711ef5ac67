import { describe, expect, it } from "vitest";
import { isoOf, isoTime, parseIsoDay } from "./civil";
import { resolveWhen, type Said } from "./when";
import { toInstant, zoneOf } from "./zone";

const zone = zoneOf("America/New_York");
const friday = parseIsoDay("2026-11-20") ?? 0;
const office = [{ startMinute: 540, endMinute: 1020 }];
const weekly = [[], office, office, office, office, office, []];
const long = Array.from({ length: 7 }, () => [{ startMinute: 360, endMinute: 1320 }]);

function said(words: Said, options: { hours?: typeof weekly; at?: number; day?: number } = {}): string {
  const nowMs = toInstant(zone, options.day ?? friday, options.at ?? 600);
  const hours = { weekly: options.hours ?? weekly, overrides: new Map() };
  const when = resolveWhen(words, { zone, nowMs, hours, horizonDays: 60 });
  if (when.kind === "ask") return `? ${when.question}`;
  const days = when.fromDay === when.toDay ? isoOf(when.fromDay) : `${isoOf(when.fromDay)}..${isoOf(when.toDay)}`;
  const { fromMinute, toMinute } = when.window;
  const window = fromMinute === 0 && toMinute === 1440 ? "" : ` ${isoTime(fromMinute)}-${isoTime(toMinute)}`;
  return `${days}${window}${when.at === undefined ? "" : ` @${isoTime(when.at)}`}`;
}

const horizon = "2026-11-20..2027-01-19";

describe("what is understood", () => {
  it.each<[Said, string]>([
    [{}, horizon],
    [{ day: "any", window: "any" }, horizon],
    [{ day: "tomorrow", window: "morning" }, "2026-11-21 00:00-12:00"],
    [{ day: "tomorrow morning" }, "2026-11-21 00:00-12:00"],
    [{ day: "this afternoon" }, "2026-11-20 12:00-18:00"],
    [{ day: "tonight" }, "2026-11-20 17:00-24:00"],
    [{ day: "tuesday", time: "15:30" }, "2026-11-24 @15:30"],
    [{ day: "tuesday at 3" }, "2026-11-24 @15:00"],
    [{ day: "next tuesday", time: "half past two" }, "2026-11-24 @14:30"],
    [{ day: "monday", time: "10" }, "2026-11-23 @10:00"],
    [{ day: "monday", time: "after 2" }, "2026-11-23 14:00-24:00"],
    [{ day: "monday", time: "between 2 and 4" }, "2026-11-23 14:00-16:00"],
    [{ day: "monday", time: "10 to 12" }, "2026-11-23 10:00-12:00"],
    [{ day: "monday", time: "before noon" }, "2026-11-23 00:00-12:00"],
    [{ day: "monday", time: "in the morning" }, "2026-11-23 00:00-12:00"],
    [{ time: "tomorrow at noon" }, "2026-11-21 @12:00"],
    [{ time: "3 pm" }, `${horizon} @15:00`],
    [{ day: "next week", window: "afternoon" }, "2026-11-23..2026-11-29 12:00-18:00"],
    [{ day: "2026-12-01", time: "20:00" }, "2026-12-01 @20:00"],
    [{ day: "saturday", time: "7" }, "2026-11-21"],
  ])("%j is %s", (words, expected) => {
    expect(said(words)).toBe(expected);
  });
});

describe("what is asked back", () => {
  it("asks at which 7 when both are inside opening hours", () => {
    expect(said({ day: "monday", time: "at 7" }, { hours: long })).toBe(
      "? Do you mean 7 in the morning or 7 in the evening?",
    );
  });
  it("lets the part of the day decide before it asks", () => {
    expect(said({ day: "monday", time: "7", window: "evening" }, { hours: long })).toBe(
      "2026-11-23 17:00-24:00 @19:00",
    );
  });
  it("says the hours when neither reading is inside them", () => {
    expect(said({ day: "monday", time: "7" })).toBe(
      "? We are closed then. Monday the 23rd we are open from 9 in the morning to 5 in the afternoon. What time would you like?",
    );
  });
  it("asks which next Thursday", () => {
    expect(said({ day: "next thursday" }, { day: friday + 3 })).toBe(
      "? Do you mean Thursday the 26th or Thursday the 3rd?",
    );
  });
  it("asks whether today is meant when today's weekday is said, unless today is over", () => {
    expect(said({ day: "friday" })).toBe("? Do you mean today or Friday the 27th?");
    expect(said({ day: "friday" }, { at: 1100 })).toBe("2026-11-27");
  });
  it.each<[Said, string]>([
    [{ day: "2026-11-01" }, "? Sunday the 1st of November has already passed. Which day would you like?"],
    [{ day: "blursday" }, "? Which day would you like? You can say a weekday or a date."],
    [{ day: "monday", time: "when the sun is up" }, "? What time would you like?"],
    [{ day: "monday", window: "teatime" }, "? Which part of the day suits you: morning, afternoon or evening?"],
  ])("%j", (words, expected) => {
    expect(said(words)).toBe(expected);
  });
});
