import { isoTime } from "../civil";
import type { DateReader } from "./dates";
import { duration, unitAt } from "./durations";
import type { Env, Found } from "./meaning";
import { ordinal, type Read } from "./numbers";
import { part } from "./parts";
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
  const read = repeated(t, lead?.end ?? i, env);
  if (!read) return undefined;
  const later = lead
    ? undefined
    : slotsAt(t, Math.max(read.end, after(t, read.end, "at|around|about|from")), { env, dates, expectsTime: false });
  const clock = lead?.clock ?? (later?.dates || later?.to ? undefined : later?.clock);
  const time = clock && isoTime(Math.floor(clock.second / 60));
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

function repeated(t: readonly Token[], i: number, env: Env): Read<{ repeats: string }> | undefined {
  const on = after(t, i, "on") > 0 ? i + 1 : i;
  const { text } = at(t, on);
  if (Object.hasOwn(ADVERBS, text)) return { repeats: ADVERBS[text] ?? "", end: on + 1 };
  const plural = EVERY_WEEKDAY.get(text);
  if (plural !== undefined) return withPart(t, plural, on + 1, env);
  const weekday = WEEKDAYS.get(text);
  const plurals = weekday === undefined ? undefined : part(t, on + 1, env.conv);
  if (weekday !== undefined && plurals?.isPlural) return withPart(t, weekday, on + 1, env);
  const day = ordinal(t, after(t, on, "the") > 0 ? on + 1 : on);
  const month = day ? after(t, day.end, "of|in", "every|each", "month") : -1;
  if (day && month > 0) return { repeats: `XXXX-XX-${String(day.value).padStart(2, "0")}`, end: month };
  const mornings = on > i ? part(t, on, env.conv) : undefined;
  if (mornings?.isPlural) return { repeats: `T${PART_CODES[mornings.name]}`, end: mornings.end };
  const every = Math.max(
    after(t, on, "every|each", "other"),
    after(t, on, "every|each"),
    after(t, on, "once", "a|an"),
    after(t, on, "one|twice", "a|an"),
  );
  if (every < 0) return undefined;
  const isOther = at(t, every - 1).text === "other";
  const named = WEEKDAYS.get(at(t, every).text);
  if (named !== undefined) return withPart(t, named, every + 1, env);
  const ofDay = part(t, every, env.conv);
  if (ofDay) return { repeats: `T${PART_CODES[ofDay.name]}`, end: ofDay.end };
  const unit = unitAt(t, every);
  const length = unit ? undefined : duration(t, every);
  const code = CODES[unit?.unit ?? length?.duration.unit ?? "century"];
  if (!code) return undefined;
  const count = (length?.duration.count ?? 1) * (isOther ? 2 : 1);
  const repeats = code.startsWith("T")
    ? `PT${count}${code.slice(1)}`
    : code === "3M"
      ? `P${3 * count}M`
      : `P${count}${code}`;
  return { repeats, end: unit?.end ?? length?.end ?? every };
}

function withPart(t: readonly Token[], weekday: number, end: number, env: Env): Read<{ repeats: string }> {
  const ofDay = part(t, end, env.conv);
  const day = `XXXX-WXX-${weekday || 7}`;
  return ofDay ? { repeats: `${day}T${PART_CODES[ofDay.name]}`, end: ofDay.end } : { repeats: day, end };
}
