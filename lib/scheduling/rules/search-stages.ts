import { type Day, MINUTE_MS } from "./civil";
import { spansOn } from "./hours";
import type { Understood } from "./understand-said";
import { isDayExcluded } from "./when/excluded";
import { toInstant } from "./zone";

/** A stage is looked at where fewer offers than these were settled by those before it (rules/spread.ts). */
export type Stage = { toDay: Day; ifFewer: number };

/** What is offered at once. */
export const OFFERS = 3;

/**
 * How far ahead is looked, stage by stage. "As soon as possible" is told from the first two or three days with free times, which a weekend
 * rarely keeps further away than five days; of many people somebody is nearly always free on the first two that are open.
 */
export function searchStages(understood: Understood, nowMs: number): [Stage, ...Stage[]] {
  const { namesDay, fromDay, toDay, at } = understood.when;
  const all = { toDay, ifFewer: 1 };
  if (namesDay) return [all];
  const soon = at === undefined ? [secondOpenDay(understood, nowMs), fromDay + SOON_DAYS - 1] : [];
  const days = [...soon, fromDay + 13].filter((day, n, before) => day > (before[n - 1] ?? -1) && day < toDay);
  const [first, ...further] = [...days.map((day) => ({ toDay: day, ifFewer: OFFERS })), all];
  return first ? [first, ...further] : [all];
}

const SOON_DAYS = 5;
/** With fewer people two days less of bookings save less than a second look costs. */
const MANY_PEOPLE = 20;

/** The second day on which a service could still begin and end in the business's hours; -1 where that is not worth a look. */
function secondOpenDay({ schedule, service, when, people }: Understood, nowMs: number): Day {
  if (people < MANY_PEOPLE) return -1;
  const earliest = nowMs + (service.minNoticeMinutes + service.durationMinutes) * MINUTE_MS;
  let open = 0;
  for (let day = when.fromDay; day < when.fromDay + SOON_DAYS; day++) {
    const close = spansOn(schedule.business, day).at(-1)?.endMinute ?? 0;
    const last = Math.min(close, when.window.toMinute);
    if (last === 0 || toInstant(schedule.zone, day, last) <= earliest || isDayExcluded(when.excluded, day)) continue;
    open++;
    if (open === 2) return day;
  }
  return -1;
}
