import { civilOf, DAY_MS, type Day, dayOf } from "../civil";
import { instantOfLocal, type Zone } from "../zone";
import type { LocalMs } from "./local-time";
import { dayMatcher, startOfWeek } from "./matching-days";
import type { Rule } from "./rule";

/** Steps an expansion may still take; one may serve several rules. A step is a day or a time looked at, about 50 ns. */
export type Budget = { steps: number };

/** Enough for every rule that repeats at all (29 February on a Monday, looked for day by day), over in some milliseconds. */
export const newBudget = (steps = 500_000): Budget => ({ steps });

const LAST_YEAR = 9999;
const SECOND_MS = 1000;
const UNITS = { HOURLY: 3_600_000, MINUTELY: 60_000, SECONDLY: SECOND_MS } as const;

export type Start = {
  ms: LocalMs;
  /** A series of whole days: parts of the rule that name hours, minutes or seconds are ignored. */
  isDate?: boolean | undefined;
  /** Times before this are not wanted: whole periods before it are passed over at once where nothing has to be counted. */
  notBefore?: LocalMs | undefined;
  /** The zone whose wall clock `ms` is on; without one an end given in UTC is compared with the wall clock as it stands. */
  zone?: Zone | undefined;
};

/**
 * The wall-clock times a rule gives, ascending, from its start (given only if the rule itself names it) to its count or end, the year
 * 9999, or the end of the budget: a rule that never matches ends there, in some milliseconds.
 */
export function* occurrences(rule: Rule, start: Start, budget: Budget = newBudget()): Generator<LocalMs, void> {
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  const isOver = endOf(rule, start);
  const wanted = rule.count === undefined ? Math.max(start.ms, start.notBefore ?? start.ms) : start.ms;
  for (const times of periods(rule, start, budget)) {
    for (const at of atPositions(times, rule.positions)) {
      if (at < wanted) continue;
      if (isOver(at)) return;
      if (at >= (start.notBefore ?? at)) yield at;
      if (--left <= 0) return;
    }
  }
}

function endOf({ until }: Rule, { zone }: Start): (at: LocalMs) => boolean {
  if (!until) return () => false;
  if (until.kind === "utc" && zone) return (at) => instantOfLocal(zone, at) > until.ms;
  return (at) => at > until.ms;
}

function* atPositions(times: Iterable<LocalMs>, positions: readonly number[]): Iterable<LocalMs> {
  if (positions.length === 0) return yield* times;
  const all = [...times];
  const chosen = new Set(positions.map((position) => all.at(position > 0 ? position - 1 : position)));
  yield* [...chosen].filter((at) => at !== undefined).sort((a, b) => a - b);
}

/** The times of each year, month, week, day … of the rule, one period after the other. */
function periods(rule: Rule, start: Start, budget: Budget): Generator<Iterable<LocalMs>, void> {
  const { frequency } = rule;
  if (frequency === "HOURLY" || frequency === "MINUTELY" || frequency === "SECONDLY")
    return shortPeriods(rule, start, budget, UNITS[frequency]);
  return dayPeriods(rule, start, budget);
}

function* dayPeriods(rule: Rule, start: Start, budget: Budget): Generator<Iterable<LocalMs>, void> {
  const firstDay = Math.floor(start.ms / DAY_MS);
  const matches = dayMatcher(rule, firstDay);
  const times = timesOfDay(rule, start, DAY_MS);
  for (const [from, to] of spans(rule, firstDay, skipTo(rule, start))) {
    const days: Day[] = [];
    for (let day = from; day < to; day++) {
      if (budget.steps-- <= 0) return;
      if (matches(day)) days.push(day);
    }
    if (days.length > 0) yield timesOn(days, times, budget);
  }
}

function* timesOn(days: readonly Day[], times: readonly number[], budget: Budget): Generator<LocalMs, void> {
  for (const day of days)
    for (const time of times) {
      if (budget.steps-- <= 0) return;
      yield day * DAY_MS + time;
    }
}

/** How far a rule may be passed over: with a count every time has to be seen. */
const skipTo = ({ count }: Rule, { ms, notBefore }: Start): LocalMs =>
  count === undefined && notBefore !== undefined && notBefore > ms ? notBefore : ms;

/** [first day, day after the last) of every period of the rule, from the last that begins by `skip`. */
function* spans({ frequency, interval, weekStart }: Rule, firstDay: Day, skip: LocalMs): Generator<[Day, Day], void> {
  const last = dayOf(LAST_YEAR + 1, 1, 1);
  const skipDay = Math.floor(skip / DAY_MS);
  if (frequency === "DAILY" || frequency === "WEEKLY") {
    const length = frequency === "DAILY" ? 1 : 7;
    const first = frequency === "DAILY" ? firstDay : startOfWeek(firstDay, weekStart);
    const step = length * interval;
    const passed = Math.max(0, Math.floor((skipDay - first) / step)) * step;
    for (let from = first + passed; from < last; from += step) yield [from, from + length];
    return;
  }
  const { year, month } = civilOf(firstDay);
  const length = frequency === "YEARLY" ? 12 : 1;
  const monthStart = (n: number) => dayOf(Math.floor(n / 12), (n % 12) + 1, 1);
  const first = frequency === "YEARLY" ? year * 12 : year * 12 + month - 1;
  const step = length * interval;
  const skipMonth = civilOf(skipDay).year * 12 + civilOf(skipDay).month - 1;
  const passed = Math.max(0, Math.floor((skipMonth - first) / step)) * step;
  for (let n = first + passed; n < (LAST_YEAR + 1) * 12; n += step) yield [monthStart(n), monthStart(n + length)];
}

/** Hours, minutes or seconds: days, hours and minutes that cannot match are leapt over in whole steps of the rule. */
function* shortPeriods(rule: Rule, start: Start, budget: Budget, unit: number): Generator<Iterable<LocalMs>, void> {
  const matches = dayMatcher(rule, Math.floor(start.ms / DAY_MS));
  const step = unit * rule.interval;
  const within = timesOfDay(rule, start, unit);
  const end = dayOf(LAST_YEAR + 1, 1, 1) * DAY_MS;
  const next = (at: LocalMs, from: LocalMs) => at + Math.ceil((from - at) / step) * step;
  const first = Math.floor(start.ms / unit) * unit;
  let at = first + Math.max(0, Math.floor((skipTo(rule, start) - first) / step)) * step;
  while (at < end) {
    if (budget.steps-- <= 0) return;
    const day = Math.floor(at / DAY_MS);
    const time = at - day * DAY_MS;
    const hour = Math.floor(time / UNITS.HOURLY);
    const minute = Math.floor(time / UNITS.MINUTELY) % 60;
    if (!matches(day)) at = next(at, (day + 1) * DAY_MS);
    else if (!isListed(rule.hours, hour)) at = next(at, day * DAY_MS + (hour + 1) * UNITS.HOURLY);
    else if (unit < UNITS.HOURLY && !isListed(rule.minutes, minute))
      at = next(at, (Math.floor(at / UNITS.MINUTELY) + 1) * UNITS.MINUTELY);
    else if (unit < UNITS.MINUTELY && !isListed(rule.seconds, Math.floor(time / SECOND_MS) % 60)) at += step;
    else {
      const base = at;
      budget.steps -= within.length;
      yield within.map((offset) => base + offset);
      at += step;
    }
  }
}

const isListed = (list: readonly number[], value: number) => list.length === 0 || list.includes(value);

/** Milliseconds after the beginning of a period of `unit` length at which the rule's hours, minutes and seconds fall, ascending. */
function timesOfDay(rule: Rule, { ms, isDate }: Start, unit: number): number[] {
  if (isDate && unit === DAY_MS) return [0];
  const time = ms - Math.floor(ms / DAY_MS) * DAY_MS;
  const choose = (list: readonly number[], own: number, isShorter: boolean) =>
    !isShorter ? [0] : list.length > 0 ? [...list].sort((a, b) => a - b) : [own];
  const hours = choose(rule.hours, Math.floor(time / UNITS.HOURLY), UNITS.HOURLY < unit);
  const minutes = choose(rule.minutes, Math.floor(time / UNITS.MINUTELY) % 60, UNITS.MINUTELY < unit);
  const seconds = choose(rule.seconds, Math.floor(time / SECOND_MS) % 60, SECOND_MS < unit);
  return hours.flatMap((h) =>
    minutes.flatMap((m) => seconds.map((s) => h * UNITS.HOURLY + m * UNITS.MINUTELY + s * SECOND_MS)),
  );
}
