import { type Day, mondayOf } from "./civil";
import type { Schedule, ScheduledService, ScheduledStaff } from "./schedule";
import { localDayOf, type Zone } from "./zone";

/** How many starts there are, by service or person and by day or week (from Monday) of the business's zone. Empty where nothing is limited. */
export type Tally = ReadonlyMap<string, number>;

/** Service, person, start, and whether it counts for the service (what further people do with them does not). */
export type TallyRow = readonly [serviceId: string, staffId: string, startMs: number, isFirst: boolean];

export type Limit = { per: "day" | "week"; max: number };

const dayKey = (id: string, day: Day) => `${id} ${day}`;
const weekKey = (id: string, day: Day) => `${id} w${mondayOf(day)}`;

/** Seats of one start count once: rows come one per start and person. */
export function tallyOf(rows: readonly TallyRow[], zone: Zone): Tally {
  const tally = new Map<string, number>();
  const add = (key: string) => tally.set(key, (tally.get(key) ?? 0) + 1);
  for (const [serviceId, staffId, startMs, isFirst] of rows) {
    const day = localDayOf(zone, startMs);
    for (const id of isFirst ? [serviceId, staffId] : [staffId]) {
      add(dayKey(id, day));
      add(weekKey(id, day));
    }
  }
  return tally;
}

type Limited = Pick<ScheduledService | ScheduledStaff, "id" | "maxPerDay" | "maxPerWeek">;

export const isLimited = (limited: Limited): boolean => limited.maxPerDay !== null || limited.maxPerWeek !== null;

/** The limit that a further start on that day would break. */
export function limitReached(schedule: Schedule, limited: Limited, startMs: number): Limit | undefined {
  const { id, maxPerDay, maxPerWeek } = limited;
  if (maxPerDay === null && maxPerWeek === null) return undefined;
  const day = localDayOf(schedule.zone, startMs);
  if (maxPerDay !== null && (schedule.tally.get(dayKey(id, day)) ?? 0) >= maxPerDay)
    return { per: "day", max: maxPerDay };
  if (maxPerWeek !== null && (schedule.tally.get(weekKey(id, day)) ?? 0) >= maxPerWeek)
    return { per: "week", max: maxPerWeek };
  return undefined;
}
