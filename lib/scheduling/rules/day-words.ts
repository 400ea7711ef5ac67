import { civilOf, type Day, dayOf, mondayOf, parseIsoDay, weekdayOf } from "./civil";

/** Days that words can mean, each a range; more than one range is ambiguity, to be asked about. undefined = not a day. */
export type DayReadings = { fromDay: Day; toDay: Day }[];

const WEEKDAYS: Record<string, number> = {};
["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"].forEach((name, n) => {
  for (const form of [name, `${name}s`, name.slice(0, 3), name.slice(0, 4)]) WEEKDAYS[form] = n;
});
Object.assign(WEEKDAYS, { thurs: 4, thur: 4, wednes: 3 });

const MONTHS: Record<string, number> = {};
"january february march april may june july august september october november december"
  .split(" ")
  .forEach((name, n) => {
    for (const form of [name, name.slice(0, 3)]) MONTHS[form] = n + 1;
  });
MONTHS.sept = 9;

const COUNTS: Record<string, number> = { a: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7 };

const single = (day: Day): DayReadings => [{ fromDay: day, toDay: day }];

/**
 * ISO dates, today, tomorrow, weekdays ("tuesday", "this tuesday", "next tuesday"), "in 3 days", "next week", "the weekend",
 * "the 24th", "24 november". `today` is the business's own date.
 */
export function readDay(text: string, today: Day): DayReadings | undefined {
  const plain = text
    .toLowerCase()
    .replace(/[,.]/g, " ")
    .replace(/\b(on|for|please|coming up)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const iso = parseIsoDay(plain);
  if (iso !== undefined) return single(iso);
  if (/^(today|this day)$/.test(plain)) return single(today);
  if (/^(tomorrow|tomorow)$/.test(plain)) return single(today + 1);
  if (/^(the )?day after tomorrow$/.test(plain)) return single(today + 2);
  return weekday(plain, today) ?? distance(plain, today) ?? week(plain, today) ?? dateOfMonth(plain, today);
}

function weekday(text: string, today: Day): DayReadings | undefined {
  const match = /^(?:(this|next|coming|this coming) )?([a-z]+)(?: (next week|this week))?$/.exec(text);
  const wanted = match ? WEEKDAYS[match[2] ?? ""] : undefined;
  if (!match || wanted === undefined) return undefined;
  const [, before = "", , after = ""] = match;
  const ahead = (wanted - weekdayOf(today) + 7) % 7;
  const inNextWeek = mondayOf(today) + 7 + ((wanted + 6) % 7);
  if (after === "next week") return single(inNextWeek);
  if (after === "this week") return single(mondayOf(today) + ((wanted + 6) % 7));
  const coming = today + (ahead || 7);
  if (before === "next") {
    // People divide on whether the coming one is meant, and on whether weeks start on Sunday: every reading counts.
    const sundayWeek = today - weekdayOf(today) + 7 + wanted;
    return [...new Set([coming, inNextWeek, sundayWeek])].sort((a, b) => a - b).flatMap(single);
  }
  if (before.endsWith("coming")) return single(coming);
  if (before === "this") return single(today + ahead);
  return ahead === 0 ? [...single(today), ...single(today + 7)] : single(coming);
}

function distance(text: string, today: Day): DayReadings | undefined {
  const match =
    /^(?:in )?(\d{1,2}|a|one|two|three|four|five|six|seven) (day|week)s?(?: (?:from now|from today|time))?$/.exec(text);
  if (!match) return undefined;
  const count = COUNTS[match[1] ?? ""] ?? Number(match[1]);
  return single(today + count * (match[2] === "week" ? 7 : 1));
}

function week(text: string, today: Day): DayReadings | undefined {
  const monday = mondayOf(today);
  if (text === "this week") return [{ fromDay: today, toDay: monday + 6 }];
  if (text === "next week") return [{ fromDay: monday + 7, toDay: monday + 13 }];
  if (/^(this |the )?weekend$/.test(text)) return [{ fromDay: Math.max(today, monday + 5), toDay: monday + 6 }];
  return undefined;
}

function dateOfMonth(text: string, today: Day): DayReadings | undefined {
  const plain = text
    .replace(/\b(\d{1,2})(st|nd|rd|th)\b/g, "$1#")
    .replace(/\b(the|of)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const withoutWeekday = plain.replace(/^([a-z]+) (?=.*\d)/, (all, word: string) =>
    WEEKDAYS[word] === undefined ? all : "",
  );
  const dayFirst = /^(\d{1,2})#? ([a-z]+)(?: (\d{4}))?$/.exec(withoutWeekday);
  const monthFirst = /^([a-z]+) (\d{1,2})#?(?: (\d{4}))?$/.exec(withoutWeekday);
  const [dayText, monthText, yearText] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const { year, month } = civilOf(today);
  if (monthText !== undefined) {
    const named = MONTHS[monthText];
    if (named === undefined) return undefined;
    const thisYear = real(yearText ? Number(yearText) : year, named, Number(dayText));
    if (yearText || (thisYear !== undefined && thisYear >= today))
      return thisYear === undefined ? undefined : single(thisYear);
    const nextYear = real(year + 1, named, Number(dayText));
    return nextYear === undefined ? undefined : single(nextYear);
  }
  const only = /^(\d{1,2})#$/.exec(withoutWeekday);
  if (!only) return undefined;
  for (let ahead = 0; ahead < 12; ahead++) {
    const m = month - 1 + ahead;
    const found = real(year + Math.floor(m / 12), (m % 12) + 1, Number(only[1]));
    if (found !== undefined && found >= today) return single(found);
  }
  return undefined;
}

function real(year: number, month: number, dayOfMonth: number): Day | undefined {
  const day = dayOf(year, month, dayOfMonth);
  return dayOfMonth >= 1 && civilOf(day).month === month ? day : undefined;
}
