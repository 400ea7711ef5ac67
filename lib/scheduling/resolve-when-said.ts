import { z } from "zod";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { loadSchedule } from "./load-schedule";
import { isoOf, isoTime } from "./rules/civil";
import { isoInZone, sayDay, sayInstant, sayList, sayMinute, weekdayNames } from "./rules/speak";
import { type Excluded, sayExcluded, sayWindow } from "./rules/when/excluded";
import { resolveWhen, type When } from "./rules/when/resolve-when";
import { nextStretches, saySet } from "./rules/when/sets-of-days";
import { localDayOf, localMinuteOf, toInstant, type Zone } from "./rules/zone";

const resolveWhenSaidInput = z.object({
  said: z.string().max(2000),
  /** Start of the appointment that is spoken of: what "the same time next week" refers to. */
  sameAsMs: z.number().optional(),
});

/**
 * What was said, in the business's zone: one instant (`startsAt` with the zone's offset), or local dates and times of day (both ends of the
 * dates included, `toTime` not; without `fromTime` the whole day), or the weekdays that suit with the next of them, two weeks long.
 */
export type SaidWhen = { say: string } & (
  | { kind: "instant"; startsAt: string; startMs: number }
  | {
      kind: "window";
      fromDate: string;
      toDate: string;
      fromTime?: string;
      toTime?: string;
      at?: string;
      except?: SaidExcept[];
    }
  | { kind: "days"; weekdays: string[]; readings: SaidDays[] }
);

/** Days that come next of those that were said, both ends included, with the time of day where one was. */
export type SaidDays = {
  fromDate: string;
  toDate: string;
  fromTime?: string;
  toTime?: string;
  at?: string;
  say: string;
};

/** What does not suit: a weekday, a day of the month, or dates (both included), each only between two times where those are given. */
export type SaidExcept = {
  weekday?: string;
  dayOfMonth?: number;
  fromDate?: string;
  toDate?: string;
  fromTime?: string;
  toTime?: string;
};

/** What could be meant where one must ask, without `toDate` where no end was said; empty where nothing was understood. */
export type AskedBack = { say: string; readings: { fromDate: string; toDate?: string; at?: string; say: string }[] };

/**
 * Says when a caller means, computed from their words alone against the business's zone, opening hours and clock. Changes nothing.
 * `question`: it can be understood in several ways or in none; `say` asks which.
 */
export async function resolveWhenSaid(
  ctx: Context,
  input: z.input<typeof resolveWhenSaidInput>,
): Promise<Result<SaidWhen, "question", AskedBack>> {
  authorise(ctx, "read");
  const { said, sameAsMs } = parse(resolveWhenSaidInput, input);
  const { zone, business: hours, country } = await inTenant(ctx, (tx) => loadSchedule(ctx, tx));
  const nowMs = ctx.clock.now().getTime();
  const when = resolveWhen({ day: said }, { zone, nowMs, hours, country, horizonDays: 366, sameAsMs });
  if (when.kind === "ask")
    return refuse("question", {
      say: when.question,
      readings: when.readings.map(({ fromDay, toDay, at, say }) => ({
        fromDate: isoOf(fromDay),
        ...(Number.isFinite(toDay) ? { toDate: isoOf(toDay) } : {}),
        ...(at === undefined ? {} : { at: isoTime(at) }),
        say,
      })),
    });
  return when.at !== undefined && when.namesDay && when.fromDay === when.toDay
    ? instant(zone, when.fromDay, when.at, nowMs)
    : ok((when.weekdays.length > 0 ? daysOfSet : window)(when, localDayOf(zone, nowMs)));
}

function instant(zone: Zone, day: number, at: number, nowMs: number): Result<SaidWhen, "question", AskedBack> {
  const startMs = toInstant(zone, day, at);
  const say = sayInstant(zone, startMs, nowMs);
  if (localMinuteOf(zone, startMs) !== at % 1440)
    return refuse("question", {
      say: `The clocks go forward then, so that time does not exist. Would ${say} suit you?`,
      readings: [],
    });
  return ok({ kind: "instant", startsAt: isoInZone(zone, startMs), startMs, say });
}

type Understood = When & { kind: "when" };

function window(when: Understood, today: number): SaidWhen {
  const except = when.excluded.length > 0 ? `except ${sayExcluded(when.excluded, today)}` : "";
  return {
    kind: "window",
    ...datesOf(when),
    ...timeOf(when),
    ...(except ? { except: when.excluded.map(toldOf) } : {}),
    say: [when.namesDay ? sayDays(when, today) : "any day", sayTime(when), except].filter(Boolean).join(" "),
  };
}

/** "Weekends only", "Tuesdays and Thursdays after 4": which they are, and the next of them. */
function daysOfSet(when: Understood, today: number): SaidWhen {
  const time = sayTime(when);
  const readings = nextStretches(when).map((days) => ({
    ...datesOf(days),
    ...timeOf(when),
    say: [sayDays(days, today), time].filter(Boolean).join(" "),
  }));
  const next = sayList(
    nextStretches(when)
      .slice(0, 2)
      .map((days) => sayDays(days, today)),
    "and",
  );
  return {
    kind: "days",
    weekdays: when.weekdays.map((each) => weekdayNames[each] ?? ""),
    readings,
    say: `${[saySet(when.weekdays), time].filter(Boolean).join(" ")}, the next being ${next}`,
  };
}

type Days = { fromDay: number; toDay: number };

const datesOf = ({ fromDay, toDay }: Days) => ({ fromDate: isoOf(fromDay), toDate: isoOf(toDay) });

const sayDays = ({ fromDay, toDay }: Days, today: number): string =>
  fromDay === toDay ? sayDay(fromDay, today) : `${sayDay(fromDay, today)} to ${sayDay(toDay, today)}`;

const sayTime = ({ at, window: within }: Understood): string =>
  at === undefined ? sayWindow(within) : `at ${sayMinute(at)}`;

const timeOf = ({ at, window: { fromMinute, toMinute } }: Understood) => ({
  ...(at === undefined ? {} : { at: isoTime(at) }),
  ...(fromMinute === 0 && toMinute === 1440 ? {} : { fromTime: isoTime(fromMinute), toTime: isoTime(toMinute) }),
});

const toldOf = ({ weekday, dayOfMonth, days, window }: Excluded): SaidExcept => ({
  ...(weekday === undefined ? {} : { weekday: weekdayNames[weekday] ?? "" }),
  ...(dayOfMonth === undefined ? {} : { dayOfMonth }),
  ...(days ? { fromDate: isoOf(days.fromDay), toDate: isoOf(days.toDay) } : {}),
  ...(window ? { fromTime: isoTime(window.fromMinute), toTime: isoTime(window.toMinute) } : {}),
});
