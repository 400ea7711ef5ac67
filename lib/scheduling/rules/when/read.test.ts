import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoOf, isoTime, parseIsoDay } from "../civil";
import { type Conventions, callers } from "./conventions";
import { findTimes } from "./read";

/** Friday, 20 November 2026, ten in the morning. */
const now = { day: parseIsoDay("2026-11-20") ?? 0, second: 36_000 };

function said(text: string, conv: Partial<Conventions> = {}): string {
  const found = findTimes(text, now, { conv: { ...callers, ...conv } });
  return found
    .map(({ kind, readings, repeats }) => repeats ?? readings.map((each) => shown(kind, each)).join(" | "))
    .join("; ");
}

function shown(kind: string, { from, to }: { from: number | null; to: number | null }): string {
  const day = (at: number) => isoOf(Math.floor(at / 86_400));
  const time = (at: number) => isoTime(Math.floor((at % 86_400) / 60));
  if (kind === "duration") return `${from} s`;
  if (kind === "date") return day(from ?? 0);
  if (kind === "daterange") return `${from === null ? "…" : day(from)}..${to === null ? "…" : day(to)}`;
  const one = (at: number | null) =>
    at === null ? "…" : kind.startsWith("time") ? time(at) : `${day(at)} ${time(at)}`;
  return kind.endsWith("range") ? `${one(from)}-${one(to)}` : one(from);
}

describe("days", () => {
  it.each([
    ["today", "2026-11-20"],
    ["the day after tomorrow", "2026-11-22"],
    ["next tuesday", "2026-11-24"],
    ["this coming tuesday", "2026-11-24"],
    ["friday", "2026-11-20 | 2026-11-27"],
    ["thursday next week", "2026-11-26"],
    ["next week, maybe on Thursday", "2026-11-26"],
    ["a week on tuesday", "2026-12-01"],
    ["tuesday week", "2026-12-01"],
    ["the 10th", "2026-12-10"],
    ["the twenty fourth", "2026-11-24"],
    ["the 5th of next month", "2026-12-05"],
    ["March 3rd", "2027-03-03"],
    ["3rd of March 2028", "2028-03-03"],
    ["February 29th", "2028-02-29"],
    ["tuesday the 24th of november", "2026-11-24"],
    ["tuesday the 25th", "2026-11-24 | 2026-11-25"],
    ["11/24", "2026-11-24"],
    ["24.11.2026", "2026-11-24"],
    ["2026-12-01", "2026-12-01"],
    ["the last friday of next month", "2026-12-25"],
    ["the first monday in march", "2027-03-01"],
    ["in three days", "2026-11-23"],
    ["two weeks from tomorrow", "2026-12-05"],
    ["a week from next tuesday", "2026-12-01"],
    ["in a fortnight", "2026-12-04"],
    ["the day after christmas", "2026-12-26"],
    ["3 days prior to christmas", "2026-12-22"],
    ["three fridays from now", "2026-12-11"],
    ["five business days from now", "2026-11-27"],
    ["march twenty third", "2027-03-23"],
    ["next week, how about thursday", "2026-11-26"],
    ["999999999 business days from now", ""],
    ["the second to last friday of december", "2026-12-18"],
    ["the ninth of may nineteen seventy six", "1976-05-09"],
    ["5th june '98", "1998-06-05"],
    ["thursday of the week after next", "2026-12-03"],
    ["yom kippur", "2027-10-11"],
    ["eid al-fitr", "2027-03-09"],
    ["the friday before christmas", "2026-12-18"],
    ["the last day of february", "2027-02-28"],
    ["is the 17th available", "2026-12-17"],
    ["it is nine days from now", "2026-11-29"],
    ["for 9 days from now", "2026-11-29"],
    ["tuesday or thursday next week", "2026-11-24; 2026-11-26"],
    ["the last working day of this month", "2026-11-30"],
    ["friday's", "2026-11-20 | 2026-11-27"],
    ["christmas eve", "2026-12-24"],
    ["thanksgiving", "2026-11-26"],
    ["easter monday 2027", "2027-03-29"],
    ["30 february", ""],
  ])("%s is %s", (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it("takes an unsaid month as the convention says", () => {
    expect(said("the third friday")).toBe("2026-11-20");
    expect(said("second friday")).toBe("2026-12-11");
    expect(said("second friday", { unsaidMonth: "present" })).toBe("2026-11-13");
    const settled = { weekdayMismatch: "date" } as const;
    expect(said("tuesday the 10th", settled)).toBe("2027-08-10");
    expect(said("tuesday the 10th", { ...settled, unsaidMonth: "present" })).toBe("2026-11-10");
  });

  it("follows the country's way of writing dates and its holidays", () => {
    expect(said("3/4")).toBe("2027-03-04");
    expect(said("3/4", { dateOrder: "day_first" })).toBe("2027-04-03");
    expect(said("mother's day")).toBe("2027-05-09");
    expect(said("mother's day", { country: "GB" })).toBe("2027-03-07");
    expect(said("thanksgiving 2027", { country: "CA" })).toBe("2027-10-11");
  });
});

describe("stretches of days", () => {
  it.each([
    ["next week", "2026-11-23..2026-11-30"],
    ["this weekend", "2026-11-21..2026-11-23"],
    ["the week of December 9th", "2026-12-07..2026-12-14"],
    ["mid-March", "2027-03-11..2027-03-21"],
    ["early next week", "2026-11-23..2026-11-26"],
    ["end of the month", "2026-11-21..2026-12-01"],
    ["later this week", "2026-11-21..2026-11-23"],
    ["from the 28th to the 3rd", "2026-11-28..2026-12-04"],
    ["the 3rd to the 5th of May", "2027-05-03..2027-05-06"],
    ["monday to wednesday next week", "2026-11-23..2026-11-26"],
    ["between march and may", "2027-03-01..2027-06-01"],
    ["any time after the 10th", "2026-12-11..…"],
    ["before Christmas", "…..2026-12-25"],
    ["the next three days", "2026-11-21..2026-11-24"],
    ["next month", "2026-12-01..2027-01-01"],
    ["Q1", "2027-01-01..2027-04-01"],
    ["in 2028", "2028-01-01..2029-01-01"],
    ["mid-2028", "2028-05-01..2028-09-01"],
    ["the second half of may", "2027-05-16..2027-06-01"],
    ["the week before last", "2026-11-02..2026-11-09"],
    ["from thursday to friday next week", "2026-11-26..2026-11-28"],
    ["march to may", "2027-03-01..2027-06-01"],
    ["from june 1st onwards", "2027-06-01..…"],
    ["in two or three days", "2026-11-22..2026-11-24"],
    ["rest of the week", "2026-11-20..2026-11-23"],
    ["the first two days of next month", "2026-12-01..2026-12-03"],
    ["the whole month of july", "2027-07-01..2027-08-01"],
    ["5-10 may", "2027-05-05..2027-05-11"],
    ["throughout may", "2027-05-01..2027-06-01"],
    ["from 2028 on", "2028-01-01..…"],
    ["in the mid 90s", "2093-05-02..2096-09-01"],
    ["the coming weekend", "2026-11-21..2026-11-23"],
    ["two weekends from now", "2026-11-28..2026-11-30"],
    ["labor day weekend", "2027-09-04..2027-09-07"],
    ["passover", "2027-04-22..2027-04-30"],
    ["the third last week of 2027", "2027-12-13..2027-12-20"],
    ["christmas week", "2026-12-21..2026-12-28"],
    ["the week ending friday the 4th", "2026-11-30..2026-12-07"],
  ])("%s is %s", (text, expected) => {
    expect(said(text)).toBe(expected);
  });
});

describe("times of day", () => {
  it.each([
    ["at 3", "03:00 | 15:00"],
    ["3 pm", "15:00"],
    ["3 p.m.", "15:00"],
    ["half past two", "02:30 | 14:30"],
    ["half two", "02:30 | 14:30"],
    ["quarter to nine in the evening", "20:45"],
    ["ten to one", "12:50 | 00:50"],
    ["nine oh five", "09:05 | 21:05"],
    ["twenty five past ten in the morning", "10:25"],
    ["15:30", "15:30"],
    ["09:30", "09:30"],
    ["three o'clock in the afternoon", "15:00"],
    ["noon", "12:00"],
    ["12 at night", "00:00"],
    ["between 2 and 4", "02:00-04:00 | 14:00-16:00"],
    ["between 2 and 4pm", "14:00-16:00"],
    ["from 9 to half eleven", "09:00-11:30 | 21:00-23:30"],
    ["10:30 to noon", "10:30-12:00"],
    ["after 4pm", "16:00-…"],
    ["5pm or later", "17:00-…"],
    ["no later than 11 am", "…-11:00"],
    ["after 3pm but before 5pm", "15:00-17:00"],
    ["late afternoon", "15:00-18:00"],
    ["an hour before noon", "11:00"],
    ["half an hour after 3pm", "15:30"],
    ["8 thirty", "08:30 | 20:30"],
    ["fourteen hundred hours", "14:00"],
    ["sevenish", "07:00 | 19:00"],
    ["ending at 4pm", "…-16:00"],
    ["5 30 pm", "17:30"],
    ["9 05 in the morning", "09:05"],
    ["25 to 7 pm", "18:35"],
    ["3 or 4 pm", "03:00 | 15:00; 16:00"],
    ["after three but before five", "03:00-05:00 | 15:00-17:00"],
    ["at 3 would be great", "03:00 | 15:00"],
    ["16:00hrs", "16:00"],
    ["after work", "17:00-21:00"],
  ])("%s is %s", (text, expected) => {
    expect(said(text)).toBe(expected);
  });
});

describe("days with a time of day", () => {
  it.each([
    ["next tuesday at 3", "2026-11-24 03:00 | 2026-11-24 15:00"],
    ["the 3rd at half past two in the afternoon", "2026-12-03 14:30"],
    ["tomorrow morning", "2026-11-21 00:00-2026-11-21 12:00"],
    ["3pm tomorrow", "2026-11-21 15:00"],
    ["seven in the evening on the 5th", "2026-12-05 19:00"],
    ["tonight at 7", "2026-11-20 19:00"],
    ["Wednesday between 9 and 11am", "2026-11-25 09:00-2026-11-25 11:00"],
    ["not before ten am on Wednesday", "2026-11-25 10:00-…"],
    ["in 20 minutes", "2026-11-20 10:20"],
    ["8 tonight", "2026-11-20 20:00"],
    ["sunday 8 in the evening", "2026-11-22 20:00"],
    ["monday 10 to 11:30 am", "2026-11-23 10:00-2026-11-23 11:30"],
    ["from monday 8am to wednesday 5pm", "2026-11-23 08:00-2026-11-25 17:00"],
    ["the evening before christmas", "2026-12-24 17:00-2026-12-25 00:00"],
    ["4pm pacific time tomorrow", "2026-11-21 16:00"],
    ["monday first thing", "2026-11-23 00:00-2026-11-23 10:00"],
    ["from monday morning until tuesday afternoon", "2026-11-23 00:00-2026-11-24 18:00"],
    ["from 10 tonight to 6 tomorrow morning", "2026-11-20 22:00-2026-11-21 06:00"],
    ["from now until 5", "2026-11-20 10:00-2026-11-20 17:00"],
    ["from 8 in the evening tomorrow till midnight", "2026-11-21 20:00-2026-11-22 00:00"],
    ["early tomorrow morning", "2026-11-21 00:00-2026-11-21 10:00"],
    ["late on tuesday", "2026-11-24 12:00-2026-11-25 00:00"],
    ["the rest of the day", "2026-11-20 10:00-2026-11-21 00:00"],
    ["in an hour and a half", "2026-11-20 11:30"],
    ["2026-12-16T12:23", "2026-12-16 12:23"],
    ["from 12-04-2026 6:00am until 12-05-2026 8:00pm", "2026-12-04 06:00-2026-12-05 20:00"],
    ["between now and four o'clock", "2026-11-20 10:00-2026-11-20 16:00"],
    ["tuesday from 2pm for 90 minutes", "2026-11-24 14:00-2026-11-24 15:30"],
  ])("%s is %s", (text, expected) => {
    expect(said(text)).toBe(expected);
  });
});

describe("what is no time", () => {
  it.each([
    "",
    "a table for four",
    "my number is 650-555-1212",
    "I may come",
    "1 adult",
    "2015-1-32",
    "it cost $2000",
    "8/1.5",
    "page 5",
    "have a great week",
    "the years go by",
    "between 2 and 4 people",
    "the second half was boring",
    "the 5 of hearts",
    "lunar new year",
    "we'd rather have the other room",
    "good morning",
    "the four of us",
    "a score greater than 4",
    "we sat down",
    "First, a question",
    "breakfast is included",
    "my son is two years old",
    "it ended 5 to 3",
  ])("%j", (text) => {
    expect(said(text)).toBe("");
  });

  it("keeps lengths and repetitions apart from times", () => {
    expect(said("for an hour and a half")).toBe("5400 s");
    expect(said("every monday at 4 pm")).toBe("XXXX-WXX-1T16");
    expect(said("once a month")).toBe("P1M");
    expect(said("two and a half years")).toBe("78840000 s");
    expect(said("1,000 days")).toBe("86400000 s");
    expect(said("every third day")).toBe("P3D");
    expect(said("every afternoon at 3")).toBe("T15");
    expect(said("every march 5th")).toBe("XXXX-03-05");
    expect(said("the first monday of every month")).toBe("XXXX-XX-WXX-1-#1");
    expect(said("three times a day")).toBe("P1D");
  });
});

describe("anything at all", () => {
  const words =
    "next last the a of at in on from to between half past quarter first week day month friday may 3 12 2026 1:30 pm , - / and every before until".split(
      " ",
    );

  it("is read without throwing, and every end follows its start", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 80 }),
          fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((all) => all.join(" ")),
        ),
        (text) => {
          for (const { readings, kind } of findTimes(text, now))
            for (const { from, to } of readings) {
              expect(from === null || Number.isFinite(from)).toBe(true);
              if (from !== null && to !== null && kind !== "set") expect(to).toBeGreaterThanOrEqual(from);
            }
        },
      ),
      // Where a machine gives us hardly any processor time, fewer runs will do.
      { numRuns: 250, interruptAfterTimeLimit: 10_000 },
    );
  });

  it("of ten thousand characters comes to an end, whatever is repeated", () => {
    const worst = [
      "first day of ",
      "next ",
      "1/",
      "a week from ",
      "9 to ",
      "from ",
      "٣",
      "𝟛 ",
      "​",
      "(((",
      "the last the ",
    ];
    for (const part of worst) {
      expect(Array.isArray(findTimes(part.repeat(Math.ceil(10_000 / part.length)), now))).toBe(true);
    }
  });
});
