import type { Day } from "./civil";
import { localDayOf, localMinuteOf, type Zone } from "./zone";

/** At most `count` of the starts (ascending): nearest to `at` where a minute was asked for, else spread over what was asked for. */
export function spread(
  starts: readonly number[],
  options: { zone: Zone; count: number; at?: number | undefined; namesDay: boolean },
): number[] {
  const { zone, count, at } = options;
  if (starts.length <= count) return [...starts];
  const byDay = [...Map.groupBy(starts, (start) => localDayOf(zone, start))];
  if (at !== undefined) return nearest(byDay, zone, at, count);
  const [firstDay, ...laterDays] = byDay;
  if (!firstDay) return [];
  if (laterDays.length === 0) return evenly(firstDay[1], count);
  // Several days: a day named as a range is sampled day by day; "as soon as possible" gets the first day twice, then the next.
  const perDay = options.namesDay ? evenly(byDay, count).map(([, times]) => times[0]) : soonest(byDay, count);
  return perDay.filter((start) => start !== undefined).sort((a, b) => a - b);
}

/** How many of the soonest that `spread` gives no later start can change: at most two of the first day, then one of each. */
export function settled(starts: readonly number[], zone: Zone): number {
  const [first, ...later] = Map.groupBy(starts, (start) => localDayOf(zone, start)).values();
  return Math.min(first?.length ?? 0, 2) + later.length;
}

function soonest(byDay: readonly [Day, number[]][], count: number): (number | undefined)[] {
  const [first, second, third] = byDay.map(([, times]) => times);
  const fromFirst = evenly(first ?? [], 2);
  return [...fromFirst, second?.[0], third?.[0]].filter((start) => start !== undefined).slice(0, count);
}

function nearest(byDay: readonly [Day, number[]][], zone: Zone, at: number, count: number): number[] {
  const distance = (start: number) => Math.abs(localMinuteOf(zone, start) - at);
  const [firstDay] = byDay;
  const exact = byDay.flatMap(([, times]) => times.filter((start) => distance(start) === 0)).slice(0, count);
  const near = [...(firstDay?.[1] ?? [])].sort((a, b) => distance(a) - distance(b) || a - b);
  return [...new Set([...exact, ...near])].slice(0, count).sort((a, b) => a - b);
}

/** First, last and what lies evenly between. */
function evenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from(
    { length: count },
    (_, n) => items[Math.round((n * (items.length - 1)) / Math.max(1, count - 1))] as T,
  );
}
