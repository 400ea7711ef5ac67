import { isoOf, isoTime, parseIsoDay } from "../../lib/scheduling/rules/civil";
import { type Conventions, callers } from "../../lib/scheduling/rules/when/conventions";
import { findTimes } from "../../lib/scheduling/rules/when/read";
import { type Evaluate, type Judged, scoreOf } from "../score";

type Row = { id: string; kind: "date" | "time"; surface: string; reference_date: string; gold: string };

/** The set has one value to each form: "next Monday" is the next week's, and a time of day without its half is the morning's or noon. */
const conv: Conventions = { ...callers, nextWeekday: "next_week", sameWeekday: "today", halfOfDay: "first" };

/** Dates and times of day as callers said them; right when our only reading is the gold value. */
export const evaluate: Evaluate = async (rows) => scoreOf((rows as Row[]).map(judge));

function judge({ id, kind, surface, reference_date, gold }: Row): Judged {
  const now = { day: parseIsoDay(reference_date) ?? 0, second: 0 };
  const [found, ...more] = findTimes(surface, now, { conv, expectsTime: kind === "time" });
  const [reading, ...others] = found?.readings ?? [];
  const from =
    found?.kind === kind && more.length === 0 && others.length === 0 ? (reading?.from ?? undefined) : undefined;
  const got = from === undefined ? undefined : kind === "date" ? isoOf(from / 86_400) : isoTime(from / 60);
  return { id, expected: gold, got, isCovered: got !== undefined, isCorrect: got === gold };
}
