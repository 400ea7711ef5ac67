import { addMonths } from "./calendar";
import { isCounted } from "./closed-words";
import type { Moment } from "./meaning";
import { cardinal, type Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { ONES, TENS, UNITS, type Unit } from "./words";

/** A length of time in the parts that do not convert into each other. `unit` is the finest that was said, `count` of that unit. */
export type Duration = {
  months: number;
  days: number;
  workdays: number;
  seconds: number;
  unit: Unit;
  count: number;
  /** All of it in seconds, where only a length is wanted: a month is 30 days, a year 365. */
  length: number;
};

type Amount = Read<{ value: number }>;

const SIZES: Record<Unit, Partial<Duration>> = {
  second: { seconds: 1 },
  minute: { seconds: 60 },
  hour: { seconds: 3600 },
  day: { days: 1 },
  workday: { workdays: 1 },
  weekend: { days: 2 },
  week: { days: 7 },
  fortnight: { days: 14 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
  decade: { months: 120 },
  century: { months: 1200 },
};

const GLUED: ReadonlyMap<string, Unit> = new Map([
  ["d", "day"],
  ["h", "hour"],
  ["m", "minute"],
  ["s", "second"],
  ["w", "week"],
  ["y", "year"],
]);

/** "two days", "an hour and a half", "1 month 21 days", "half an hour", "3/4 h", "a couple of weeks", "2.5 hours". */
export function duration(t: readonly Token[], i: number): Read<{ duration: Duration }> | undefined {
  let read = single(t, i);
  if (!read) return undefined;
  const used = new Set<Unit>([read.duration.unit]);
  for (;;) {
    const joined = /^(and|,)$/.test(at(t, read.end).text) ? read.end + 1 : read.end;
    const half = Math.max(after(t, joined, "a", "half"), joined > read.end ? after(t, joined, "half") : -1);
    if (half > 0 && !UNITS.has(at(t, half).text)) {
      read = { duration: sum(read.duration, sized(read.duration.unit, 0.5)), end: half };
      continue;
    }
    const next: Read<{ duration: Duration }> | undefined = single(t, joined);
    if (!next || used.has(next.duration.unit)) return read;
    used.add(next.duration.unit);
    read = { duration: sum(read.duration, next.duration), end: next.end };
  }
}

/** Of any unit; more is no length anybody means. */
const MOST = 100_000;

function single(t: readonly Token[], i: number): Read<{ duration: Duration }> | undefined {
  const amount = amountAt(t, i);
  if (!amount) return undefined;
  if (amount.value > MOST) return undefined;
  const unit = unitAt(t, amount.end);
  if (unit?.unit === "second" && at(t, i).text === "a" && at(t, unit.end).kind === "word") return undefined;
  const isNight =
    at(t, amount.end).text === "night" &&
    !/^(a|an|the|another)$/.test(at(t, i).text) &&
    (at(t, amount.end + 1).text === "stay" || !isCounted(t, amount.end + 1));
  if (isNight) return { duration: sized("day", amount.value), end: amount.end + 1 };
  return unit ? { duration: sized(unit.unit, amount.value), end: unit.end } : undefined;
}

/** A unit of time: "days", "business days", "h". */
export function unitAt(t: readonly Token[], i: number): Read<{ unit: Unit }> | undefined {
  const work = after(t, i, "business|working|work|week|office", "day|days");
  if (work > 0) return { unit: "workday", end: work };
  const workweek = Math.max(after(t, i, "workweek|workweeks"), after(t, i, "work|working|business", "week|weeks"));
  if (workweek > 0) return { unit: "workday", end: workweek };
  const end = after(t, i, "week", "-", "end|ends");
  if (end > 0) return { unit: "weekend", end };
  const token = at(t, i);
  const known = UNITS.get(token.text);
  if (known && !(token.text === "h" && !token.glued && at(t, i - 1).kind === "word"))
    return { unit: known, end: i + 1 };
  const short = token.glued && at(t, i - 1).kind === "num" ? GLUED.get(token.text) : undefined;
  return short ? { unit: short, end: i + 1 } : undefined;
}

/** How many: "3", "2.5", "1/2", "half a", "a couple of", "a few", "one and a half", "another", "whole". */
const AMOUNTS = new Set([
  ..."half a an the another three quarter one couple pair few several full whole".split(" "),
  ...ONES.keys(),
  ...TENS.keys(),
]);

function amountAt(t: readonly Token[], i: number): Amount | undefined {
  if (at(t, i).kind !== "num" && !AMOUNTS.has(at(t, i).text)) return undefined;
  const half = after(t, i, "half");
  if (half > 0) return { value: 0.5, end: Math.max(half, after(t, half, "a|an")) };
  const halfA = after(t, i, "a", "half");
  if (halfA > 0) return { value: 0.5, end: halfA };
  const quarters = after(t, i, "three", "quarters", "of", "a|an");
  if (quarters > 0) return { value: 0.75, end: quarters };
  const quarter = Math.max(after(t, i, "a", "quarter", "of", "a|an"), after(t, i, "quarter", "of", "a|an"));
  if (quarter > 0) return { value: 0.25, end: quarter };
  const article = after(t, i, "a|an|the|another|one");
  const start = after(t, i, "a|the") > 0 ? i + 1 : i;
  const couple = Math.max(after(t, start, "couple|pair", "of"), after(t, start, "couple|pair"));
  if (couple > 0) return { value: 2, end: couple };
  const few = Math.max(after(t, start, "few|several"), after(t, start, "few|several", "more"));
  if (few > 0) return { value: 3, end: few };
  const read = counted(t, i);
  if (read) {
    const more = after(t, read.end, "more|full|whole");
    return more > 0 ? { value: read.value, end: more } : read;
  }
  if (article > 0 && at(t, i).text !== "the")
    return { value: 1, end: Math.max(article, after(t, article, "full|whole")) };
  return undefined;
}

const QUARTERS: [string[], number][] = [
  [["three", "quarter|quarters"], 0.75],
  [["a", "quarter"], 0.25],
];

function counted(t: readonly Token[], i: number): Amount | undefined {
  const read = cardinal(t, i);
  if (!read) return undefined;
  const mark = at(t, read.end);
  const next = at(t, read.end + 1);
  if (mark.text === "." && mark.glued && next.glued && next.kind === "num")
    return { value: Number(`${read.value}.${next.text}`), end: read.end + 2 };
  const whole = fractionAt(t, i);
  if (whole)
    return { ...whole, end: Math.max(whole.end, after(t, whole.end, "of", "a|an"), after(t, whole.end, "a|an")) };
  const beyond = fractionAt(t, read.end);
  if (beyond && beyond.value < 1) return { value: read.value + beyond.value, end: beyond.end };
  const half = Math.max(after(t, read.end, "and", "a", "half"), after(t, read.end, "and", "half"));
  if (half > 0 && UNITS.has(at(t, half).text)) return { value: read.value + 0.5, end: half };
  for (const [words, part] of QUARTERS) {
    const end = after(t, read.end, "and", ...words);
    const of = end > 0 ? Math.max(end, after(t, end, "of", "a|an"), after(t, end, "of")) : -1;
    if (of > 0 && UNITS.has(at(t, of).text)) return { value: read.value + part, end: of };
  }
  const dash = at(t, read.end).text === "-" && at(t, read.end).glued ? read.end + 1 : read.end;
  return { value: read.value, end: dash };
}

/** "3/4" in figures. */
function fractionAt(t: readonly Token[], i: number): Amount | undefined {
  const [over, slash, under] = [at(t, i), at(t, i + 1), at(t, i + 2)];
  const isFraction = over.kind === "num" && slash.text === "/" && slash.glued && under.glued && under.value > 0;
  return isFraction ? { value: over.value / under.value, end: i + 3 } : undefined;
}

export function sized(unit: Unit, count: number): Duration {
  const { months = 0, days = 0, workdays = 0, seconds = 0 } = SIZES[unit];
  const whole = { months: months * count, days: days * count, workdays: workdays * count, seconds: seconds * count };
  if (!Number.isInteger(whole.months)) {
    whole.days += Math.round((whole.months % 1) * 30);
    whole.months = Math.trunc(whole.months);
  }
  if (!Number.isInteger(whole.days)) {
    whole.seconds += Math.round((whole.days % 1) * 86_400);
    whole.days = Math.trunc(whole.days);
  }
  const monthDays = Math.floor(months / 12) * 365 + (months % 12) * 30;
  const length = Math.round(((monthDays + days + workdays) * 86_400 + seconds) * count);
  return { ...whole, seconds: Math.round(whole.seconds), unit, count, length };
}

const sum = (a: Duration, b: Duration): Duration => ({
  months: a.months + b.months,
  days: a.days + b.days,
  workdays: a.workdays + b.workdays,
  seconds: a.seconds + b.seconds,
  unit: b.unit,
  count: b.count,
  length: a.length + b.length,
});

export const isOfDays = (d: Duration): boolean => d.seconds === 0;

/** A moment some time later, or earlier where `sign` is -1. Work days step over Saturday and Sunday. */
export function shifted({ day, second }: Moment, d: Duration, sign: 1 | -1): Moment {
  let to = addMonths(day, d.months * sign) + d.days * sign;
  for (let left = d.workdays; left > 0; left--) {
    to += sign;
    while ((to + 4) % 7 === 0 || (to + 4) % 7 === 6) to += sign;
  }
  const seconds = second + d.seconds * sign;
  return { day: to + Math.floor(seconds / 86_400), second: ((seconds % 86_400) + 86_400) % 86_400 };
}
