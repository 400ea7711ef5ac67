import type { Context } from "@/lib/platform/context";
import { findSlots, isoOf, localDayOf, parseIsoDay, zoneOf } from "@/lib/scheduling";
import type { SlotOffer } from "@/lib/scheduling/schemas";

type Asked = { serviceId: string; staffId?: string | undefined; date: string | undefined; timeZone: string };

export type FreeTimes = {
  date: string;
  /** Seven days, the chosen one among them, with how many times each has. */
  week: { iso: string; count: number }[];
  weekBefore: string | null;
  weekAfter: string;
  /** Of the chosen day. */
  times: SlotOffer[];
};

const FIRST_LOOK_DAYS = 14;

/** The free times of one day and how many its week has; without a day, of the first within two weeks that has any. */
export async function loadFreeTimes(ctx: Context, { serviceId, staffId, date, timeZone }: Asked): Promise<FreeTimes> {
  const today = localDayOf(zoneOf(timeZone), ctx.clock.now().getTime());
  // The week reaches further than the day asked for, and the years of a date are four digits.
  const asked = Math.max(today, (date && date < "9999" ? parseIsoDay(date) : undefined) ?? today);
  const from = weekStart(today, asked);
  const days = date === undefined ? FIRST_LOOK_DAYS : 7;
  const { slots } = await findSlots(ctx, {
    serviceId,
    staffId,
    fromDate: isoOf(from),
    toDate: isoOf(from + days - 1),
  });
  const byDay = Map.groupBy(slots, (slot) => slot.startsAt.slice(0, 10));
  const chosen = date === undefined ? ([...byDay.keys()][0] ?? isoOf(asked)) : isoOf(asked);
  const start = weekStart(today, parseIsoDay(chosen) ?? today);
  const week = Array.from({ length: 7 }, (_, n) => isoOf(start + n));
  return {
    date: chosen,
    week: week.map((iso) => ({ iso, count: byDay.get(iso)?.length ?? 0 })),
    weekBefore: start > today ? isoOf(start - 7) : null,
    weekAfter: isoOf(start + 7),
    times: byDay.get(chosen) ?? [],
  };
}

/** Weeks are counted from today, so that the first is never half over. */
const weekStart = (today: number, day: number): number => today + Math.floor((day - today) / 7) * 7;

/** A free time's reading on the business's wall clock, for a form. */
export const toChoice = ({ slot, startsAt, staff }: SlotOffer) => ({ slot, time: startsAt.slice(11, 16), staff });
