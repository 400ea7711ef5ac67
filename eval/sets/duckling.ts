import { DAY_MS, isoOf } from "../../lib/scheduling/rules/civil";
import { type Conventions, callers } from "../../lib/scheduling/rules/when/conventions";
import { sized } from "../../lib/scheduling/rules/when/durations";
import type { Found } from "../../lib/scheduling/rules/when/meaning";
import { findTimes } from "../../lib/scheduling/rules/when/read";
import { UNITS } from "../../lib/scheduling/rules/when/words";
import { type Evaluate, type Judged, scoreOf } from "../score";

type Expected = {
  grain?: string;
  type?: "instant" | "interval" | "open-interval";
  value?: string;
  start?: string;
  end_exclusive?: string;
  direction?: "after" | "before";
  raw?: string;
};
type Row = {
  id: string;
  dim: string;
  locale?: string;
  latent?: boolean;
  input: string;
  reference: string;
  expected: Expected | null;
};

/** Duckling's own conventions: whole weeks and months of the calendar, a time of day is the next one, seasons and ends included. */
function conventionsOf({ locale = "EN" }: Row): Conventions {
  const country = locale.slice(3) || "US";
  return {
    ...callers,
    nextWeekday: "next_week",
    sameWeekday: "in_a_week",
    weekdayMismatch: "date",
    nextCount: "calendar",
    bareTime: "next",
    upcoming: "last",
    feastEve: "included",
    halfOfDay: "next",
    dateOrder: /^(GB|AU|NZ|IE|IN|ZA)$/.test(country) ? "day_first" : "month_first",
    parts: {
      morning: { fromMinute: 0, toMinute: 720 },
      lunch: { fromMinute: 720, toMinute: 840 },
      afternoon: { fromMinute: 720, toMinute: 1140 },
      evening: { fromMinute: 1080, toMinute: 1440 },
      night: { fromMinute: 1080, toMinute: 1440 },
      day: { fromMinute: 0, toMinute: 1440 },
    },
    country,
  };
}

/** Times and durations; Duckling's other dimensions (money, telephone numbers …) are no business of ours, its latent readings are told apart. */
export const evaluate: Evaluate = async (all) => {
  const rows = (all as Row[]).filter(({ dim }) => dim === "time" || dim === "duration");
  const latent = rows.filter((row) => row.latent).map(judge);
  const other = all.length - rows.length;
  return {
    ...scoreOf(rows.filter((row) => !row.latent).map(judge)),
    notes: [
      `latent rows: ${latent.length}, right: ${latent.filter((each) => each.isCorrect).length}; rows of other dimensions, not read: ${other}`,
    ],
  };
};

function judge(row: Row): Judged {
  const { dim, expected } = row;
  const now = Date.parse(`${row.reference.slice(0, 19)}Z`);
  const moment = { day: Math.floor(now / DAY_MS), second: (now % DAY_MS) / 1000 };
  const all = findTimes(row.input, moment, { conv: conventionsOf(row), expectsTime: row.latent === true });
  const isDuration = (each: Found) => each.kind === "duration";
  const fitting = all.filter((each) =>
    dim === "duration" ? isDuration(each) : !isDuration(each) && each.kind !== "set",
  );
  const found = fitting.sort((a, b) => b.end - b.start - (a.end - a.start))[0];
  const id = `${row.id} @${row.locale ?? ""}`;
  if (!expected) return { id, expected: null, got: found, isCovered: true, isCorrect: found === undefined };
  const [got, gold] = found ? [textOf(found, expected), goldOf(expected)] : [undefined, goldOf(expected)];
  return { id, expected: gold, got, isCovered: found !== undefined, isCorrect: got === gold };
}

const CLOCK = new Set(["hour", "minute", "second"]);

/** Down to the grain: hours, minutes and seconds are told apart by their digits alone. */
function goldOf({ raw, type, grain = "", value, start, end_exclusive, direction }: Expected): string {
  if (raw) {
    const [, count, unit = ""] = /(\d+) ([A-Za-z]+)/.exec(raw) ?? [];
    const known = UNITS.get(unit.toLowerCase());
    const months = known === "month" ? Number(count) : 0;
    const [years, left] = [Math.floor(months / 12), months % 12];
    if (months > 0) return String(sized("year", years).length + sized("month", left).length);
    return known ? String(sized(known, Number(count)).length) : raw;
  }
  if (type === "interval") return `${start}/${end_exclusive}`;
  if (type === "open-interval") return `${direction} ${value}`;
  return `${CLOCK.has(grain) ? "" : `${grain} `}${value}`;
}

const STEPS: Record<string, number> = { hour: 3600, minute: 60, second: 1 };

function textOf({ kind, grain, readings }: Found, { type }: Expected): string | undefined {
  const [reading, ...others] = readings;
  if (!reading || others.length > 0) return undefined;
  const { from, to } = reading;
  if (kind === "duration") return String(from);
  if (from === null) return `before ${textAt(to ?? 0)}`;
  if (to === null) return `after ${textAt(from)}`;
  if (kind === "date") return type === "interval" ? `${textAt(from)}/${textAt(to)}` : `day ${textAt(from)}`;
  if (kind === "datetime") return textAt(from);
  const isWhole = kind === "daterange" && !/^(range|season|weekend|workday)$/.test(grain);
  if (isWhole && type !== "interval") return `${grain} ${textAt(from)}`;
  // The end of a range of times is the last minute (or hour) of it.
  const step = kind === "datetimerange" && grain !== "range" ? (STEPS[grain] ?? 0) : 0;
  // Its weekends begin on Friday at six.
  const early = grain === "weekend" ? 6 * 3600 : 0;
  return `${textAt(from - early)}/${textAt(to + step)}`;
}

function textAt(second: number): string {
  const of = ((second % 86_400) + 86_400) % 86_400;
  const clock = [Math.floor(of / 3600), Math.floor(of / 60) % 60, of % 60];
  return `${isoOf(Math.floor(second / 86_400))}T${clock.map((n) => String(n).padStart(2, "0")).join(":")}`;
}
