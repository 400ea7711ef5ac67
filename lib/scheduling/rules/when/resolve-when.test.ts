import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoOf, isoTime, parseIsoDay } from "../civil";
import { toInstant, zoneOf } from "../zone";
import { isExcluded, sayExcluded } from "./excluded";
import { resolveWhen, type Said } from "./resolve-when";

const zone = zoneOf("America/New_York");
const friday = parseIsoDay("2026-11-20") ?? 0;
const office = [{ startMinute: 540, endMinute: 1020 }];
const weekly = [[], office, office, office, office, office, []];
const long = Array.from({ length: 7 }, () => [{ startMinute: 360, endMinute: 1320 }]);

function said(
  words: Said,
  options: { sameAsMs?: number; hours?: typeof weekly; at?: number; day?: number } = {},
): string {
  const nowMs = toInstant(zone, options.day ?? friday, options.at ?? 600);
  const hours = { weekly: options.hours ?? weekly, overrides: new Map() };
  const when = resolveWhen(words, { zone, nowMs, hours, horizonDays: 60, country: "US", sameAsMs: options.sameAsMs });
  if (when.kind === "ask") return `? ${when.question}`;
  const days = when.fromDay === when.toDay ? isoOf(when.fromDay) : `${isoOf(when.fromDay)}..${isoOf(when.toDay)}`;
  const { fromMinute, toMinute } = when.window;
  const window = fromMinute === 0 && toMinute === 1440 ? "" : ` ${isoTime(fromMinute)}-${isoTime(toMinute)}`;
  const except = when.excluded.length > 0 ? ` except ${sayExcluded(when.excluded, options.day ?? friday)}` : "";
  return `${days}${window}${when.at === undefined ? "" : ` @${isoTime(when.at)}`}${except}`;
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

describe("what callers say in one breath", () => {
  it.each([
    ["next Tuesday at 3", "2026-11-24 @15:00"],
    ["the 10th", "2026-12-10"],
    ["half past two", `${horizon} @14:30`],
    ["between 2 and 4", `${horizon} 14:00-16:00`],
    ["tomorrow morning", "2026-11-21 00:00-12:00"],
    ["first thing Monday", "2026-11-23 09:00-11:00"],
    ["last thing on Tuesday", "2026-11-24 15:00-17:00"],
    ["in 20 minutes", "2026-11-20 @10:20"],
    ["the last friday of next month", "2026-12-25"],
    ["mid-March", "2027-03-11..2027-03-20"],
    ["Monday or Tuesday", "2026-11-23..2026-11-24"],
    ["next week after 4pm", "2026-11-23..2026-11-29 16:00-24:00"],
    ["next week at 3", "2026-11-23..2026-11-29 @15:00"],
    ["any time after the 10th of december", "2026-12-11..2027-01-19"],
    ["christmas eve at noon", "2026-12-24 @12:00"],
    ["the 3rd at half past two", "2026-12-03 @14:30"],
    ["today at 4", "2026-11-20 @16:00"],
    ["monday at 3pm Eastern time", "2026-11-23 @15:00"],
    ["Tues 3ish", "2026-11-24 @15:00"],
    ["tomorrow or the day after", "2026-11-21..2026-11-22"],
    ["Monday, Tuesday or Wednesday", "2026-11-23..2026-11-25"],
    ["not tomorrow but the day after", "2026-11-22"],
    ["the first of the month", "2026-12-01"],
    ["next month on the 20th", "2026-12-20"],
    ["two weeks today", "2026-12-04"],
    ["a week tomorrow", "2026-11-28"],
    ["tomorrow week", "2026-11-28"],
    ["this time next week", "2026-11-27 @10:00"],
    ["not until next tuesday", "2026-11-24..2027-01-19"],
    ["two onwards on monday", "2026-11-23 14:00-24:00"],
    ["uh, next tuesday, no wait, wednesday at half three", "2026-11-25 @15:30"],
    ["tuesday at 3, no sorry, 4", "2026-11-24 @16:00"],
    ["tuesday at 3, actually no, make it thursday", "2026-11-26 @15:00"],
    ["good morning, we'd like monday after lunch", "2026-11-23 14:00-24:00"],
    ["by next friday at the latest", "2026-11-20..2026-11-27"],
  ])("%s is %s", (day, expected) => {
    expect(said({ day })).toBe(expected);
  });

  const sameAsMs = toInstant(zone, friday - 2, 630);
  it.each([
    ["same time next week", "2026-11-25 @10:30"],
    ["the same time tomorrow", "2026-11-21 @10:30"],
    ["same time", `${horizon} @10:30`],
    ["next friday at the same time", "2026-11-27 @10:30"],
  ])("%s as an appointment on Wednesday at 10:30 is %s", (day, expected) => {
    expect(said({ day }, { sameAsMs })).toBe(expected);
  });
});

describe("sets of days", () => {
  const workdays = "Mondays, Tuesdays, Wednesdays, Thursdays and Fridays";
  const others = "Sundays, Mondays, Wednesdays, Fridays and Saturdays";
  it.each<[Said, string]>([
    [{ day: "weekends only" }, `2026-11-21..2027-01-17 except ${workdays}`],
    [{ day: "Tuesdays and Thursdays" }, `2026-11-24..2027-01-19 except ${others}`],
    [{ day: "I can only do tuesdays or thursdays after 4" }, `2026-11-24..2027-01-19 16:00-24:00 except ${others}`],
    [{ day: "tuesday and thursday mornings" }, `2026-11-24..2027-01-19 00:00-12:00 except ${others}`],
    [{ day: "tuesdays, thursdays", time: "3" }, `2026-11-24..2027-01-19 @15:00 except ${others}`],
    [{ day: "tuesdays and thursdays", window: "evening" }, `2026-11-24..2027-01-19 17:00-24:00 except ${others}`],
    [{ day: "tuesdays and thursdays 2 to 4" }, `2026-11-24..2027-01-19 14:00-16:00 except ${others}`],
    [{ day: "tuesdays or thursdays next month" }, `2026-12-01..2026-12-31 except ${others}`],
    [{ day: "weekdays", time: "after 2" }, `${horizon} 14:00-24:00 except Sundays and Saturdays`],
    [{ day: "weekdays except friday" }, "2026-11-23..2027-01-19 except Fridays, Sundays and Saturdays"],
    [{ day: "no weekends" }, "? Which day shall we begin with?"],
    [{ day: "weekends but not this one" }, "? Which day shall we begin with?"],
  ])("%j is %s", (words, expected) => {
    expect(said(words)).toBe(expected);
  });
});

describe("what does not suit", () => {
  it.each<[Said, string]>([
    [{ day: "any day except wednesday" }, `${horizon} except Wednesdays`],
    [{ day: "any day but fridays" }, "2026-11-21..2027-01-19 except Fridays"],
    [{ day: "anytime except weekends" }, `${horizon} except Saturdays and Sundays`],
    [{ day: "any weekday other than thursday" }, `${horizon} except Thursdays, Saturdays and Sundays`],
    [{ day: "next week but not monday" }, "2026-11-24..2026-11-29"],
    [{ day: "next week but not wednesday" }, "2026-11-23..2026-11-29 except Wednesdays"],
    [{ day: "next week, not monday or tuesday" }, "2026-11-25..2026-11-29"],
    [{ day: "tuesday and wednesday don't work next week" }, "2026-11-23..2026-11-29 except Wednesdays and Tuesdays"],
    [{ day: "monday to friday except wednesday", time: "at 3" }, "2026-11-23..2026-11-27 @15:00 except Wednesdays"],
    [{ day: "afternoons except wednesday" }, `${horizon} 12:00-18:00 except Wednesdays`],
    [{ day: "december except the 24th and 25th" }, "2026-12-01..2026-12-31 except day 24 and day 25"],
    [{ day: "next week", time: "but not monday morning" }, "2026-11-23..2026-11-29 except Mondays before 12 noon"],
    [{ day: "next week", window: "not in the morning" }, "2026-11-23..2026-11-29 except before 12 noon"],
    [
      { day: "next week except between 12 and 2" },
      "2026-11-23..2026-11-29 except between 12 noon and 2 in the afternoon",
    ],
    [{ day: "not monday, tuesday" }, "2026-11-24"],
    [
      { day: "any time next week except lunch" },
      "2026-11-23..2026-11-29 except between 11:30 in the morning and 2 in the afternoon",
    ],
    [{ day: "anything but friday afternoon" }, `${horizon} except Fridays between 12 noon and 6 in the evening`],
    [{ day: "weekday mornings" }, `${horizon} 00:00-12:00 except Saturdays and Sundays`],
    [{ day: "the soonest you have" }, horizon],
    [{ day: "next month except the first week" }, "? Which days or times should I leave out?"],
    [{ day: "tomorrow but not too early" }, "2026-11-21"],
    [{ day: "tuesday with anyone except Ben" }, "2026-11-24"],
  ])("%j is %s", (words, expected) => {
    expect(said(words)).toBe(expected);
  });

  it("is no time that is left", () => {
    const [monday, noon] = [friday + 3, { fromMinute: 720, toMinute: 780 }];
    const excluded = [{ weekday: 1, window: noon }, { days: { fromDay: friday, toDay: friday } }];
    const at = (day: number, minute: number) => isExcluded(excluded, day, minute);
    expect([at(monday, 719), at(monday, 720), at(monday, 780), at(friday, 0), at(friday + 1, 720)]).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
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
    [{ day: "the 31st of november" }, "? There is no 31st of November. Which day would you like?"],
    [{ day: "february 30th at 3" }, "? There is no February 30th. Which day would you like?"],
    [{ day: "blursday" }, "? Which day would you like? You can say a weekday or a date."],
    [{ day: "a week from friday" }, "? Do you mean Friday the 27th or Friday the 4th?"],
    [{ day: "tuesday the 25th" }, "? Do you mean Tuesday the 24th or Wednesday the 25th?"],
    [{ day: "same time next week" }, "? Which appointment do you mean, and what time was it?"],
    [{ day: "not monday" }, "? Which day would suit you?"],
    [{ day: "tuesday, but tuesday doesn't work" }, "? Which day would suit you?"],
    [{ day: "i can't do monday" }, "? Which day would suit you?"],
    [{ day: "monday doesn't work for me" }, "? Which day would suit you?"],
    [{ day: "monday at 3 or 4" }, "? Do you mean 3 in the afternoon or 4 in the afternoon?"],
    [{ day: "monday at 3pm Pacific time" }, "? We go by our own local time. What time would that be here?"],
    [{ day: "tomorrow or from the 10th on" }, "? Do you mean tomorrow or from Thursday the 10th on?"],
    [{ day: "monday", time: "9constructor" }, "? What time would you like?"],
    [{ day: "the constructor" }, "? Which day would you like? You can say a weekday or a date."],
    [{ day: "every monday" }, "? Which day shall we begin with?"],
    [{ day: "monday", time: "when the sun is up" }, "? What time would you like?"],
    [{ day: "monday", window: "teatime" }, "? Which part of the day suits you: morning, afternoon or evening?"],
  ])("%j", (words, expected) => {
    expect(said(words)).toBe(expected);
  });
});

/** 200 runs take 0.2 s of processor time; on a machine that gives us none, fewer will do. */
const MOST_MS = 10_000;

it("answers anything with days in order or a question", () => {
  const setting = {
    zone,
    nowMs: toInstant(zone, friday, 600),
    hours: { weekly, overrides: new Map() },
    horizonDays: 60,
  };
  const words = "next tuesday at 3 or 4 between and 5 pm before after the 10th same time week morning -1 99 2026".split(
    " ",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((all) => all.join(" ")),
  );
  fc.assert(
    fc.property(text, text, fc.constantFrom("", "morning", "any"), (day, time, window) => {
      const when = resolveWhen({ day, time, window }, { ...setting, country: "GB", sameAsMs: setting.nowMs });
      if (when.kind === "ask") {
        expect(when.question).toContain("?");
        return;
      }
      expect(when.fromDay).toBeGreaterThanOrEqual(friday);
      expect(when.toDay).toBeGreaterThanOrEqual(when.fromDay);
      expect(Number.isSafeInteger(when.toDay)).toBe(true);
      expect(when.window.fromMinute).toBeLessThan(when.window.toMinute);
      if (when.at !== undefined) expect(when.at >= 0 && when.at <= 1440).toBe(true);
    }),
    { numRuns: 200, interruptAfterTimeLimit: MOST_MS },
  );
});
