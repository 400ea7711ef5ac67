import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { zoneOf } from "../zone";
import { isoLocalTime, parseLocalTime } from "./local-time";
import { newBudget, occurrences } from "./occurrences";
import { parseRule, type Rule } from "./rule";
import { seriesTimes } from "./series";

const ruleOf = (text: string): Rule => {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.detail}`);
  return parsed.value;
};

const msOf = (text: string) => parseLocalTime(text)?.ms ?? Number.NaN;

function list(text: string, start: string, most = 12, zone?: string): string[] {
  const found: string[] = [];
  for (const at of occurrences(ruleOf(text), {
    ms: msOf(start),
    zone: zone === undefined ? undefined : zoneOf(zone),
  })) {
    if (found.length === most) break;
    found.push(isoLocalTime(at).replace("T09:00:00", ""));
  }
  return found;
}

describe("a rule's occurrences", () => {
  it.each([
    [
      "every other Tuesday and Thursday",
      "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,TH",
      "2026-11-24T09:00",
      ["2026-11-24", "2026-11-26", "2026-12-08", "2026-12-10"],
    ],
    [
      "weeks that begin on Sunday",
      "FREQ=WEEKLY;INTERVAL=2;COUNT=3;BYDAY=TU,SU;WKST=SU",
      "2026-11-24T09:00",
      ["2026-11-24", "2026-12-06", "2026-12-08"],
    ],
    [
      "months without a 31st are left out",
      "FREQ=MONTHLY;COUNT=4",
      "2026-12-31T09:00",
      ["2026-12-31", "2027-01-31", "2027-03-31", "2027-05-31"],
    ],
    [
      "the last day of the month",
      "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3",
      "2027-01-31T09:00",
      ["2027-01-31", "2027-02-28", "2027-03-31"],
    ],
    [
      "the last weekday of the month",
      "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3",
      "2026-11-01T09:00",
      ["2026-11-30", "2026-12-31", "2027-01-29"],
    ],
    [
      "the first and last Sunday",
      "FREQ=MONTHLY;BYDAY=1SU,-1SU;COUNT=4",
      "2026-11-01T09:00",
      ["2026-11-01", "2026-11-29", "2026-12-06", "2026-12-27"],
    ],
    ["a 29 February", "FREQ=YEARLY;COUNT=3", "2028-02-29T09:00", ["2028-02-29", "2032-02-29", "2036-02-29"]],
    ["week 53", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=2", "2026-01-01T09:00", ["2026-12-28", "2032-12-27"]],
    [
      "the 100th day and the last",
      "FREQ=YEARLY;BYYEARDAY=100,-1;COUNT=3",
      "2026-01-01T09:00",
      ["2026-04-10", "2026-12-31", "2027-04-10"],
    ],
    [
      "until a time, which is included",
      "FREQ=DAILY;UNTIL=20261126T090000",
      "2026-11-24T09:00",
      ["2026-11-24", "2026-11-25", "2026-11-26"],
    ],
  ])("%s", (_, rule, start, expected) => {
    expect(list(rule, start)).toEqual(expected);
  });

  it("every 100 minutes, but only at the hours named, without looking at each minute between", () => {
    const budget = newBudget();
    const rule = ruleOf("FREQ=SECONDLY;INTERVAL=1;BYHOUR=8;BYMINUTE=30;BYSECOND=15;BYMONTH=2;BYMONTHDAY=29;COUNT=2");
    const found = [...occurrences(rule, { ms: msOf("2026-11-24T09:00") }, budget)].map(isoLocalTime);
    expect(found).toEqual(["2028-02-29T08:30:15", "2032-02-29T08:30:15"]);
    expect(newBudget().steps - budget.steps).toBeLessThan(5_000);
  });

  it("an end in UTC is an instant in the series' zone", () => {
    const rule = "FREQ=DAILY;UNTIL=20261126T140000Z";
    expect(list(rule, "2026-11-24T09:00", 9, "America/New_York")).toHaveLength(3);
    expect(list(rule, "2026-11-24T09:00", 9, "America/Los_Angeles")).toHaveLength(2);
  });

  it("agrees with a plain walk over every day", () => {
    const some = <T>(items: T[]) => fc.subarray(items, { minLength: 0, maxLength: 3 });
    const names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    fc.assert(
      fc.property(
        fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
        fc.integer({ min: 1, max: 5 }),
        some([1, 2, 6, 12]),
        some([1, 13, 29, 31, -1, -30]),
        some(names),
        fc.integer({ min: 0, max: 3000 }),
        (frequency, interval, months, monthDays, days, after) => {
          const first = Temporal.PlainDate.from("2024-01-01").add({ days: after });
          const named = {
            months,
            monthDays: monthDays.length + days.length === 0 ? [first.day] : monthDays,
            days,
          };
          const parts = [
            `FREQ=${frequency}`,
            `INTERVAL=${interval}`,
            months.length > 0 ? `BYMONTH=${months}` : "",
            `BYMONTHDAY=${named.monthDays}`,
            days.length > 0 ? `BYDAY=${days}` : "",
          ].filter((part) => !part.endsWith("="));
          const expected: string[] = [];
          for (let n = 0; n < 1200; n++) {
            const day = first.add({ days: n });
            if (isExpected(frequency, interval, first, day, named, names)) expected.push(`${day}`);
          }
          const last = msOf(`${first.add({ days: 1199 })}`) + 86_400_000;
          const found: string[] = [];
          for (const at of occurrences(ruleOf(parts.join(";")), { ms: msOf(`${first}`) })) {
            if (at >= last) break;
            found.push(isoLocalTime(at).slice(0, 10));
          }
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 30, seed: 7 },
    );
  });
});

function isExpected(
  frequency: string,
  interval: number,
  first: Temporal.PlainDate,
  day: Temporal.PlainDate,
  named: { months: number[]; monthDays: number[]; days: string[] },
  names: string[],
): boolean {
  const monday = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 });
  const periods = {
    DAILY: first.until(day).days,
    WEEKLY: monday(first).until(monday(day)).days / 7,
    MONTHLY: (day.year - first.year) * 12 + day.month - first.month,
    YEARLY: day.year - first.year,
  }[frequency];
  const { months, monthDays, days } = named;
  return (
    (periods ?? 0) % interval === 0 &&
    (months.length === 0 || months.includes(day.month)) &&
    (monthDays.length === 0 || monthDays.includes(day.day) || monthDays.includes(day.day - day.daysInMonth - 1)) &&
    (days.length === 0 || days.includes(names[day.dayOfWeek - 1] ?? ""))
  );
}

describe("a rule's text", () => {
  it.each([
    ["", "not_a_rule"],
    ["every Tuesday", "not_a_rule"],
    ["FREQ=FORTNIGHTLY", "not_a_rule"],
    ["FREQ=DAILY;INTERVAL=0", "not_a_rule"],
    ["FREQ=DAILY;COUNT=-1", "not_a_rule"],
    ["FREQ=DAILY;COUNT=1;COUNT=2", "not_a_rule"],
    ["FREQ=DAILY;UNTIL=20260230", "not_a_rule"],
    ["FREQ=MONTHLY;BYDAY=0MO", "not_a_rule"],
    ["FREQ=MONTHLY;BYMONTHDAY=32", "not_a_rule"],
    ["FREQ=YEARLY;BYEASTER=0", "unsupported_rule"],
    ["RSCALE=CHINESE;FREQ=YEARLY", "unsupported_rule"],
  ])("%s is refused", (text, reason) => {
    expect(parseRule(text)).toMatchObject({ ok: false, reason });
  });

  it("is read in lower case, with its name before it and a semicolon after it", () => {
    expect(ruleOf("rrule:freq=weekly;byday=mo;")).toEqual(ruleOf("FREQ=WEEKLY;BYDAY=MO"));
  });

  it("of any kind is read or refused, and what is read ends", () => {
    const value = fc.oneof(
      fc.integer({ min: -400, max: 400 }).map(String),
      fc.constantFrom("MO", "2TU", "20261124", "x"),
    );
    const part = fc.tuple(
      fc.constantFrom(
        "INTERVAL",
        "COUNT",
        "UNTIL",
        "BYMONTH",
        "BYDAY",
        "BYMONTHDAY",
        "BYHOUR",
        "BYSECOND",
        "BYSETPOS",
        "BYWEEKNO",
      ),
      fc.array(value, { minLength: 1, maxLength: 3 }),
    );
    const text = fc
      .tuple(
        fc.constantFrom("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "SECONDLY"),
        fc.array(part, { maxLength: 4 }),
      )
      .map(([frequency, parts]) =>
        [`FREQ=${frequency}`, ...parts.map(([name, values]) => `${name}=${values}`)].join(";"),
      );
    fc.assert(
      fc.property(text, (rule) => {
        const parsed = parseRule(rule);
        if (!parsed.ok) return;
        let last = Number.NEGATIVE_INFINITY;
        for (const at of occurrences(parsed.value, { ms: msOf("2026-11-24T09:00") }, { steps: 20_000 })) {
          if (at <= last) throw new Error(`${rule}: ${isoLocalTime(at)} after ${isoLocalTime(last)}`);
          last = at;
        }
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it.each([
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31",
  ])("%s, which never comes, ends within a quarter of a second", (text) => {
    const before = process.cpuUsage();
    expect(list(text, "2026-11-24T09:00")).toEqual([]);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(250);
  });
});

describe("a series", () => {
  it("is its rules and single times, without its exceptions, each once", () => {
    const series = {
      start: { ms: msOf("2026-11-24T09:00") },
      rules: [ruleOf("FREQ=WEEKLY;COUNT=3;BYDAY=TU"), ruleOf("FREQ=WEEKLY;COUNT=2;BYDAY=TH")],
      exceptRules: [ruleOf("FREQ=WEEKLY;COUNT=1;BYDAY=TH")],
      extra: [msOf("2026-12-25T10:00"), msOf("2026-12-01T09:00")],
      except: new Set([msOf("2026-11-24T09:00")]),
    };
    const found = [...seriesTimes(series)].map(isoLocalTime);
    expect(found).toEqual(["2026-12-01T09:00:00", "2026-12-03T09:00:00", "2026-12-08T09:00:00", "2026-12-25T10:00:00"]);
  });
});
