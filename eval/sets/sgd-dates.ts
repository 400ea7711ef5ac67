import { isoOf, isoTime, parseIsoDay } from "../../lib/scheduling/rules/civil";
import { readClock } from "../../lib/scheduling/rules/clock-words";
import { readDay } from "../../lib/scheduling/rules/day-words";
import { type Evaluate, type Judged, scoreOf } from "../score";

type Row = { id: string; kind: "date" | "time"; surface: string; reference_date: string; gold: string };

/** Dates and times of day as callers said them; right when our only reading (or, for a time of day, our first) is the gold value. */
export const evaluate: Evaluate = async (rows) => scoreOf((rows as Row[]).map(judge));

function judge({ id, kind, surface, reference_date, gold }: Row): Judged {
  const got = kind === "date" ? dayOf(surface, reference_date) : readClock(surface)?.map(isoTime)[0];
  return { id, expected: gold, got, isCovered: got !== undefined, isCorrect: got === gold };
}

function dayOf(surface: string, reference: string): string | undefined {
  const [only, ...more] = readDay(surface, parseIsoDay(reference) ?? 0) ?? [];
  return only && more.length === 0 ? isoOf(only.fromDay) : undefined;
}
