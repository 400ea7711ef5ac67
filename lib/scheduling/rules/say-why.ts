import { weekdayOf } from "./civil";
import { placeOf, type Schedule, type ScheduledService, type ScheduledStaff } from "./schedule";
import { sayDay, sayInstant, sayList, sayMinute, saySpans, weekdayNames } from "./speak";
import type { Why } from "./why";
import { localDayOf } from "./zone";

type Told = {
  why: Why;
  service: ScheduledService;
  person?: ScheduledStaff | undefined;
  startMs: number;
  nowMs: number;
};

/** The rule in a sentence that may be said to a caller: "We close at 5 in the afternoon on Tuesdays". Without a full stop. */
export function sayWhy(schedule: Schedule, { why, service, person, startMs, nowMs }: Told): string {
  const zone = person ? placeOf(schedule, person).zone : schedule.zone;
  const today = localDayOf(zone, nowMs);
  const who = person?.name ?? "that person";
  const time = sayInstant(zone, startMs, nowMs);
  const onDay = (day: number) => (day - today > 1 ? `on ${sayDay(day, today)}` : sayDay(day, today));
  const when = (day: number, isDate: boolean) => (isDate ? onDay(day) : `on ${weekdayNames[weekdayOf(day)]}s`);
  switch (why.rule) {
    case "in_the_past":
      return `${capital(time)} has already passed`;
    case "too_soon":
      return `${capital(time)} is too soon for us to arrange: we need ${sayNotice(why.minNoticeMinutes)}`;
    case "too_far":
      return `${capital(time)} is further ahead than we book: ${service.name} can be booked ${why.horizonDays} days ahead`;
    case "holiday":
      return `We are closed ${onDay(why.day)} for ${why.name}`;
    case "closed_date":
      return `We are closed ${onDay(why.day)}${why.reason ? ` (${why.reason})` : ""}`;
    case "closed_weekday":
      return `We are closed on ${weekdayNames[weekdayOf(why.day)]}s`;
    case "before_opening":
      return `We open at ${sayMinute(why.minute)} ${when(why.day, why.isDate)}`;
    case "after_closing":
      return `We close at ${sayMinute(why.minute)} ${when(why.day, why.isDate)}`;
    case "runs_past_closing":
      return `${service.name} takes ${sayLength(why.durationMinutes)} and we close at ${sayMinute(why.minute)} ${when(why.day, why.isDate)}`;
    case "in_break":
      return `We are closed from ${sayMinute(why.fromMinute)} to ${sayMinute(why.toMinute)} ${when(why.day, why.isDate)}`;
    case "staff_hours":
      return why.spans.length > 0
        ? `${who} works ${saySpans(why.spans)} ${when(why.day, why.isDate)}`
        : `${who} does not work ${when(why.day, why.isDate)}`;
    case "staff_busy":
      return why.isBuffer
        ? `There is not enough time for ${service.name} around ${time} beside what is booked`
        : `${capital(time)} is taken`;
    case "full":
      return `${capital(time)} is full`;
    case "service_limit":
      return `We take at most ${why.max} ${service.name} bookings a ${why.per}, and that ${why.per} is full`;
    case "staff_limit":
      return `${who} takes at most ${why.max} bookings a ${why.per}, and that ${why.per} is full`;
    case "no_resource":
      return sayNoResource(why, service.name, time);
    case "not_enough_staff":
      return `${service.name} takes ${why.needed} of us, and not everybody is free ${time}`;
    case "staff_cannot":
      return `${who} does not do ${service.name}`;
    case "not_offered_there":
      return `${service.name} is not offered there`;
    case "nobody_does_it":
      return `Nobody does ${service.name} at the moment`;
    case "off_grid":
      return `${service.name} begins every ${sayLength(why.gridMinutes)}`;
  }
}

function sayNoResource(why: Extract<Why, { rule: "no_resource" }>, service: string, time: string): string {
  const closed = (why.closed ?? []).map(({ name, reason }) => `${name} is closed${reason ? ` (${reason})` : ""}`);
  const used = why.names.length > 0 && `${sayList(why.names, "and")} ${why.names.length > 1 ? "are" : "is"} in use`;
  const all = [...closed, ...(used ? [used] : [])];
  return all.length > 0 ? `${sayList(all, "and")} ${time}` : `What ${service} needs is not there`;
}

/** "90 minutes", "an hour", "2 hours", "2 days". */
export function sayLength(minutes: number): string {
  if (minutes === 60) return "an hour";
  if (minutes > 0 && minutes % 1440 === 0) return minutes === 1440 ? "a day" : `${minutes / 1440} days`;
  return minutes > 0 && minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`;
}

/** "an hour's notice", "2 hours' notice". */
function sayNotice(minutes: number): string {
  const length = sayLength(minutes);
  return `${length}${length.endsWith("s") ? "'" : "'s"} notice`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
