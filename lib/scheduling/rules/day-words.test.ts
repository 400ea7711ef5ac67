import { expect, it } from "vitest";
import { isoOf, parseIsoDay } from "./civil";
import { readDay } from "./day-words";

const friday = parseIsoDay("2026-11-20") ?? 0;
const monday = friday + 3;
const sunday = friday + 2;
const said = (text: string, today: number) =>
  (readDay(text, today) ?? [])
    .map((r) => (r.fromDay === r.toDay ? isoOf(r.fromDay) : `${isoOf(r.fromDay)}..${isoOf(r.toDay)}`))
    .join(" ");

it.each([
  ["2026-12-01", "2026-12-01"],
  ["today", "2026-11-20"],
  ["Tomorrow", "2026-11-21"],
  ["the day after tomorrow", "2026-11-22"],
  ["tuesday", "2026-11-24"],
  ["on Tues", "2026-11-24"],
  ["this tuesday", "2026-11-24"],
  ["next Tuesday", "2026-11-24"],
  ["this friday", "2026-11-20"],
  ["next friday", "2026-11-27"],
  ["in 3 days", "2026-11-23"],
  ["a week from today", "2026-11-27"],
  ["two weeks", "2026-12-04"],
  ["next week", "2026-11-23..2026-11-29"],
  ["the weekend", "2026-11-21..2026-11-22"],
  ["thursday next week", "2026-11-26"],
  ["the 24th", "2026-11-24"],
  ["the 10th", "2026-12-10"],
  ["24 November", "2026-11-24"],
  ["Nov 24th", "2026-11-24"],
  ["tuesday the 24th", "2026-11-24"],
  ["3rd of March", "2027-03-03"],
  ["31st", "2026-12-31"],
  ["30 february", ""],
  ["2026-02-30", ""],
  ["someday", ""],
  ["24", ""],
])("on a Friday %s is %s", (text, expected) => {
  expect(said(text, friday)).toBe(expected);
});

it("gives both readings of a next weekday that is still to come this week", () => {
  expect(said("next thursday", monday)).toBe("2026-11-26 2026-12-03");
  expect(said("next tuesday", sunday)).toBe("2026-11-24 2026-12-01");
});

it("gives today and a week from today when today's weekday is named", () => {
  expect(said("friday", friday)).toBe("2026-11-20 2026-11-27");
});
