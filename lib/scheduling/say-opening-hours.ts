import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { loadSchedule } from "./load-schedule";
import { type Day, isoOf, mondayOf } from "./rules/civil";
import { type Span, spansOn } from "./rules/hours";
import type { Schedule } from "./rules/schedule";
import { sayDay, sayList, saySpans, weekdayNames } from "./rules/speak";
import { resolveWhen } from "./rules/when/resolve-when";
import { localDayOf } from "./rules/zone";

export type SaidHours = {
  say: string;
  days: { date: string; isOpen: boolean; spans: readonly Span[]; reason: string | null }[];
};

/** When the business is open: on the day a caller named, else through the week, dates that differ included. One sentence to say. */
export async function sayOpeningHours(ctx: Context, said: { day?: string | undefined }): Promise<SaidHours> {
  authorise(ctx, "read");
  const schedule = await inTenant(ctx, (tx) => loadSchedule(ctx, tx));
  const nowMs = ctx.clock.now().getTime();
  const today = localDayOf(schedule.zone, nowMs);
  const setting = { zone: schedule.zone, nowMs, hours: schedule.business, horizonDays: 366, country: schedule.country };
  const when = said.day ? resolveWhen({ day: said.day }, setting) : undefined;
  if (when?.kind === "ask") return { say: when.question, days: [] };
  const isOneDay = when?.namesDay === true && when.fromDay === when.toDay;
  const days = isOneDay
    ? [when.fromDay]
    : Array.from({ length: 7 }, (_, n) => (when?.namesDay ? mondayOf(when.fromDay) : today) + n);
  return {
    say: isOneDay ? sayOneDay(schedule, days[0] ?? today, today) : sayWeek(schedule, today),
    days: days.map((day) => {
      const spans = spansOn(schedule.business, day);
      return { date: isoOf(day), isOpen: spans.length > 0, spans, reason: schedule.closures.get(day) || null };
    }),
  };
}

function sayOneDay(schedule: Schedule, day: Day, today: Day): string {
  const spans = spansOn(schedule.business, day);
  const reason = schedule.closures.get(day);
  const which = capital(sayDay(day, today));
  if (spans.length > 0) return `${which} we are open ${saySpans(spans)}.`;
  return `${which} we are closed${reason ? ` (${reason})` : ""}.`;
}

/** Weekdays with the same hours in one breath, from Monday; then the dates of the next four weeks that differ. */
function sayWeek(schedule: Schedule, today: Day): string {
  const order = [1, 2, 3, 4, 5, 6, 0];
  const groups: { days: number[]; said: string }[] = [];
  for (const weekday of order) {
    const spans = schedule.business.weekly[weekday] ?? [];
    if (spans.length === 0) continue;
    const said = saySpans(spans);
    const last = groups.at(-1);
    if (last?.said === said && isNext(last.days.at(-1), weekday)) last.days.push(weekday);
    else groups.push({ days: [weekday], said });
  }
  if (groups.length === 0) return "Our opening hours are not known at the moment.";
  const usual = groups.map(({ days, said }) => `${sayWeekdays(days)} ${said}`);
  const differing = [...schedule.business.overrides.keys()]
    .filter((day) => day >= today && day < today + 28)
    .sort((a, b) => a - b);
  return [
    `We are open ${sayList(usual, "and")}.`,
    ...differing.slice(0, 3).map((day) => sayOneDay(schedule, day, today)),
  ].join(" ");
}

const isNext = (a: number | undefined, b: number) => a !== undefined && (a + 1) % 7 === b;

function sayWeekdays(days: readonly number[]): string {
  const names = days.map((weekday) => weekdayNames[weekday] ?? "");
  return names.length > 2 ? `${names[0]} to ${names.at(-1)}` : sayList(names, "and");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
