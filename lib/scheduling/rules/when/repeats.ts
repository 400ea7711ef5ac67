import { civilOf, isoTime } from "../civil";
import { type Clock, readingsOf } from "./clock";
import type { DateReader } from "./dates";
import { dayOfMonth } from "./days-of-month";
import { duration, unitAt } from "./durations";
import type { Env, Found } from "./meaning";
import { monthName } from "./month-names";
import { cardinal, ordinal, type Read } from "./numbers";
import { fits, type Part, part } from "./parts";
import { type Slots, slotsAt } from "./slots";
import { after, at, type Token } from "./tokens";
import { EVERY_WEEKDAY, type Unit, WEEKDAYS } from "./words";

const ADVERBS: Record<string, string> = {
  daily: "P1D",
  everyday: "P1D",
  annual: "P1Y",
  weekly: "P1W",
  biweekly: "P2W",
  fortnightly: "P2W",
  monthly: "P1M",
  bimonthly: "P2M",
  quarterly: "P3M",
  yearly: "P1Y",
  annually: "P1Y",
  hourly: "PT1H",
  weekends: "P1WE",
  weekdays: "P1WD",
  workdays: "P1WD",
  semiannually: "P6M",
};
const CODES: Partial<Record<Unit, string>> = {
  second: "TS",
  minute: "TM",
  hour: "TH",
  day: "D",
  workday: "WD",
  weekend: "WE",
  week: "W",
  month: "M",
  quarter: "3M",
  year: "Y",
};
const PART_CODES = { morning: "MO", lunch: "MI", afternoon: "AF", evening: "EV", night: "NI", day: "DT" };

/** What comes again: "every Monday at 4", "Tuesday afternoons", "weekly", "19th of every month". */
export function repetition(
  t: readonly Token[],
  i: number,
  env: Env,
  dates: DateReader,
  before: Read<Slots> | undefined,
): Read<Omit<Found, "start" | "end">> | undefined {
  const lead = before?.clock && !before.dates && !before.to ? before : undefined;
  const read: Repeated | undefined = repeated(t, lead?.end ?? i, env);
  if (!read) return undefined;
  const later = lead
    ? undefined
    : slotsAt(t, Math.max(read.end, after(t, read.end, "at|around|about|from")), { env, dates, expectsTime: false });
  const clock = lead?.clock ?? (later?.dates || later?.to ? undefined : later?.clock);
  const time = clock && isoTime(Math.floor((read.part ? inPart(clock, read.part) : clock.second) / 60));
  const at_ = time && `T${time.endsWith(":00") ? time.slice(0, 2) : time}`;
  const isDaily = read.repeats === "P1D" || /^T[A-Z]/.test(read.repeats);
  const repeats = at_ ? (isDaily ? at_ : `${read.repeats.replace(/T?(MO|AF|EV|NI)$/, "")}${at_}`) : read.repeats;
  return {
    kind: "set",
    readings: [{ from: null, to: null }],
    grain: "range",
    repeats,
    end: clock && later ? later.end : read.end,
  };
}

type Repeated = Read<{ repeats: string; part?: Part }>;

/** "Every afternoon at 3": the half of the day that fits. */
const inPart = (clock: Clock, ofDay: Part): number =>
  readingsOf(clock).find((second) => fits(ofDay, second)) ?? clock.second;

function repeated(t: readonly Token[], i: number, env: Env): Repeated | undefined {
  const on = after(t, i, "on") > 0 ? i + 1 : i;
  const { text } = at(t, on);
  const known = Object.hasOwn(ADVERBS, text) ? ADVERBS[text] : undefined;
  if (known) return at(t, on - 1).kind === "num" ? undefined : { repeats: known, end: on + 1 };
  const plural = EVERY_WEEKDAY.get(text);
  if (plural !== undefined) return onWeekday(t, plural, on + 1, env);
  const weekday = WEEKDAYS.get(text);
  const plurals = weekday === undefined ? undefined : part(t, on + 1, env.conv);
  if (weekday !== undefined && plurals?.isPlural) return onWeekday(t, weekday, on + 1, env);
  const mornings = on > i ? part(t, on, env.conv) : undefined;
  if (mornings?.isPlural) return atPart(mornings);
  return ofMonth(t, on) ?? timesA(t, on) ?? every(t, on, env);
}

const atPart = (ofDay: Read<Part>): Repeated => ({
  repeats: `T${PART_CODES[ofDay.name]}`,
  part: ofDay,
  end: ofDay.end,
});

const two = (n: number) => String(n).padStart(2, "0");

/** "The 19th of every month", "the first Monday of each month". */
function ofMonth(t: readonly Token[], i: number): Repeated | undefined {
  const day = ordinal(t, after(t, i, "the") > 0 ? i + 1 : i);
  if (!day) return undefined;
  const month = after(t, day.end, "of|in", "every|each|the", "month");
  if (month > 0)
    return at(t, month - 2).text === "the" ? undefined : { repeats: `XXXX-XX-${two(day.value)}`, end: month };
  const weekday = WEEKDAYS.get(at(t, day.end).text);
  const each = after(t, day.end + 1, "of|in", "every|each", "month");
  if (weekday === undefined || each < 0) return undefined;
  return { repeats: `XXXX-XX-WXX-${weekday || 7}-#${day.value}`, end: each };
}

/** "Once a week", "three times per day", "one a day", "twice daily". */
function timesA(t: readonly Token[], i: number): Repeated | undefined {
  const once = after(t, i, "once|twice");
  const count = once > 0 ? undefined : cardinal(t, i);
  const times =
    once > 0 ? once : count ? Math.max(after(t, count.end, "times|time"), at(t, i).text === "one" ? i + 1 : -1) : -1;
  if (times < 0) return undefined;
  const unit = unitAt(t, after(t, times, "a|an|per|each|every"));
  const code = unit && CODES[unit.unit];
  return code && unit ? { repeats: coded(code, 1), end: unit.end } : undefined;
}

/** "Every other Tuesday", "every two weeks", "each third day", "every 15th", "every March 5th", "every morning". */
function every(t: readonly Token[], i: number, env: Env): Repeated | undefined {
  const all = Math.max(after(t, i, "every|each"), after(t, i, "once", "every"));
  if (all < 0) return undefined;
  const isOther = after(t, all, "other") > 0;
  const nth = isOther ? { value: 2, end: all + 1 } : (ordinal(t, all) ?? { value: 1, end: all });
  const weekday = WEEKDAYS.get(at(t, nth.end).text);
  if (weekday !== undefined) return onWeekday(t, weekday, nth.end + 1, env);
  const ofDay = part(t, nth.end, env.conv);
  if (ofDay) return atPart(ofDay);
  const unit = unitAt(t, nth.end);
  const length = unit || nth.end > all ? undefined : duration(t, all);
  const code = CODES[unit?.unit ?? length?.duration.unit ?? "century"];
  if (code)
    return { repeats: coded(code, (length?.duration.count ?? 1) * nth.value), end: unit?.end ?? length?.end ?? all };
  if (nth.end > all && !isOther && nth.value < 32)
    return {
      repeats: `XXXX-XX-${two(nth.value)}`,
      end: Math.max(nth.end, after(t, nth.end, "of", "the|each|every", "month")),
    };
  return everyYear(t, all, env);
}

/** "Every March 5th", "every Christmas", "each December". */
function everyYear(t: readonly Token[], i: number, env: Env): Repeated | undefined {
  const read = dayOfMonth(t, i, env) ?? monthName(t, i, env);
  const from = read?.inYear?.(2000)?.from;
  if (!read || from === undefined) return undefined;
  const { month, dayOfMonth: day } = civilOf(from);
  return { repeats: `XXXX-${two(month)}${read.unit === "day" ? `-${two(day)}` : ""}`, end: read.end };
}

const coded = (code: string, count: number): string =>
  code.startsWith("T") ? `PT${count}${code.slice(1)}` : code === "3M" ? `P${3 * count}M` : `P${count}${code}`;

function onWeekday(t: readonly Token[], weekday: number, end: number, env: Env): Repeated {
  const ofDay = part(t, end, env.conv);
  const day = `XXXX-WXX-${weekday || 7}`;
  return ofDay ? { repeats: `${day}T${PART_CODES[ofDay.name]}`, part: ofDay, end: ofDay.end } : { repeats: day, end };
}
