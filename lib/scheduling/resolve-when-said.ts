import { z } from "zod";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { loadSchedule } from "./load-schedule";
import { isoOf, isoTime } from "./rules/civil";
import { isoInZone, sayDay, sayInstant, sayMinute, weekdayNames } from "./rules/speak";
import { type Excluded, sayExcluded, sayWindow } from "./rules/when/excluded";
import { resolveWhen, type When } from "./rules/when/resolve-when";
import { localDayOf, localMinuteOf, toInstant, type Zone } from "./rules/zone";

const resolveWhenSaidInput = z.object({
  said: z.string().max(2000),
  /** Start of the appointment that is spoken of: what "the same time next week" refers to. */
  sameAsMs: z.number().optional(),
});

/**
 * What was said, in the business's zone: one instant (`startsAt` with the zone's offset), or local dates and times of day (both ends of the
 * dates included, `toTime` not; without `fromTime` the whole day).
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
);

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
    : ok(window(when, localDayOf(zone, nowMs)));
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

function window(when: When & { kind: "when" }, today: number): SaidWhen {
  const { fromDay, toDay, namesDay, at } = when;
  const { fromMinute, toMinute } = when.window;
  const days = fromDay === toDay ? sayDay(fromDay, today) : `${sayDay(fromDay, today)} to ${sayDay(toDay, today)}`;
  const isWhole = fromMinute === 0 && toMinute === 1440;
  const time = at === undefined ? sayWindow(when.window) : `at ${sayMinute(at)}`;
  const except = when.excluded.length > 0 ? `except ${sayExcluded(when.excluded, today)}` : "";
  return {
    kind: "window",
    fromDate: isoOf(fromDay),
    toDate: isoOf(toDay),
    ...(at === undefined ? {} : { at: isoTime(at) }),
    ...(isWhole ? {} : { fromTime: isoTime(fromMinute), toTime: isoTime(toMinute) }),
    ...(except ? { except: when.excluded.map(toldOf) } : {}),
    say: [namesDay ? days : "any day", time, except].filter(Boolean).join(" "),
  };
}

const toldOf = ({ weekday, dayOfMonth, days, window }: Excluded): SaidExcept => ({
  ...(weekday === undefined ? {} : { weekday: weekdayNames[weekday] ?? "" }),
  ...(dayOfMonth === undefined ? {} : { dayOfMonth }),
  ...(days ? { fromDate: isoOf(days.fromDay), toDate: isoOf(days.toDay) } : {}),
  ...(window ? { fromTime: isoTime(window.fromMinute), toTime: isoTime(window.toMinute) } : {}),
});
