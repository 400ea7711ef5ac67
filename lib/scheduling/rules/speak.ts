import { civilOf, type Day, isoOf, isoTime, MINUTE_MS, weekdayOf } from "./civil";
import { localDayOf, localMinuteOf, offsetAt, type Zone } from "./zone";

export const weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const MONTHS = "January February March April May June July August September October November December".split(" ");

const ordinal = (n: number): string => {
  const tail = n % 100 >= 11 && n % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${tail}`;
};

/** "today", "tomorrow", "Tuesday the 24th", beyond four weeks "Tuesday the 5th of January". */
export function sayDay(day: Day, today: Day): string {
  if (day === today) return "today";
  if (day === today + 1) return "tomorrow";
  const { month, dayOfMonth } = civilOf(day);
  const name = `${weekdayNames[weekdayOf(day)]} the ${ordinal(dayOfMonth)}`;
  return day > today && day - today < 28 ? name : `${name} of ${MONTHS[month - 1]}`;
}

/** "10:30 in the morning", "2 in the afternoon", "12 noon". */
export function sayMinute(minute: number): string {
  const at = minute % 1440;
  if (at === 720) return "12 noon";
  if (at === 0) return "midnight";
  const hour = Math.floor(at / 60) % 12 || 12;
  const part =
    at < 720 ? "in the morning" : at <= 1020 ? "in the afternoon" : at < 1260 ? "in the evening" : "at night";
  return `${hour}${at % 60 === 0 ? "" : `:${String(at % 60).padStart(2, "0")}`} ${part}`;
}

/** "Tuesday the 24th at 10:30 in the morning", in the zone's wall-clock time. */
export const sayInstant = (zone: Zone, instantMs: number, nowMs: number): string =>
  `${sayDay(localDayOf(zone, instantMs), localDayOf(zone, nowMs))} at ${sayMinute(localMinuteOf(zone, instantMs))}`;

/** "a", "a or b", "a, b or c". */
export function sayList(items: readonly string[], word: "or" | "and"): string {
  if (items.length < 2) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}

/** Several instants in one breath, the day named once: "Tuesday the 24th at 9 in the morning or 2 in the afternoon, or tomorrow at 9". */
export function sayInstants(zone: Zone, instants: readonly number[], nowMs: number): string {
  const today = localDayOf(zone, nowMs);
  const byDay = [...Map.groupBy(instants, (at) => localDayOf(zone, at))];
  const parts = byDay.map(
    ([day, times]) =>
      `${sayDay(day, today)} at ${sayList(
        times.map((at) => sayMinute(localMinuteOf(zone, at))),
        "or",
      )}`,
  );
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")}, or ${parts.at(-1)}`;
}

/** Opening spans: "from 9 in the morning to 5 in the afternoon". */
export const saySpans = (spans: readonly { startMinute: number; endMinute: number }[]): string =>
  sayList(
    spans.map(({ startMinute, endMinute }) =>
      startMinute === 0 && endMinute === 1440 ? "all day" : `from ${sayMinute(startMinute)} to ${sayMinute(endMinute)}`,
    ),
    "and",
  );

/** ISO 8601 with the zone's offset: 2026-11-24T10:30:00-05:00. */
export function isoInZone(zone: Zone, instantMs: number): string {
  const minutes = Math.round(offsetAt(zone, instantMs) / MINUTE_MS);
  const size = Math.abs(minutes);
  const time = isoTime(localMinuteOf(zone, instantMs));
  return `${isoOf(localDayOf(zone, instantMs))}T${time}:00${minutes < 0 ? "-" : "+"}${isoTime(size)}`;
}
