import { DAY_MS, isoOf } from "../../lib/scheduling/rules/civil";
import { type Conventions, callers } from "../../lib/scheduling/rules/when/conventions";
import type { Found, Moment, Reading } from "../../lib/scheduling/rules/when/meaning";
import { findTimes } from "../../lib/scheduling/rules/when/read";
import { type Evaluate, type Judged, scoreOf } from "../score";

type Value = string | [string | null, string | null];
type Row = {
  id: string;
  kind: "model" | "parser" | "extractor";
  file: string;
  input: string;
  reference: string | null;
  results: unknown[];
  forward_values?: Value[];
};

/** The set's README: "Conventions (week start, 'next') are Microsoft's". */
const microsoft: Conventions = {
  ...callers,
  nextWeekday: "next_week",
  sameWeekday: "in_a_week",
  weekdayMismatch: "date",
  unsaidMonth: "present",
  rangeEnd: "excluded",
  edges: "halves",
  dayEnd: "last_second",
  bareFrom: "plain",
  parts: {
    morning: { fromMinute: 480, toMinute: 720 },
    lunch: { fromMinute: 660, toMinute: 780 },
    afternoon: { fromMinute: 720, toMinute: 960 },
    evening: { fromMinute: 960, toMinute: 1200 },
    night: { fromMinute: 1200, toMinute: 1440 },
    day: { fromMinute: 480, toMinute: 1080 },
  },
};

const isOfTasks = (file: string) => file.endsWith("TasksMode");

/** The specification files differ in the mode they ask for: one includes the end of a range, one takes a time of day as its next. */
function conventionsOf({ id, file, kind }: Row): Conventions {
  const mode: Partial<Conventions> = file.endsWith("ExperimentalMode")
    ? { rangeEnd: "included", bareFrom: "onwards" }
    : isOfTasks(file)
      ? { bareTime: "next" }
      : {};
  // "EnglishOthers" are the cultures that write the day first.
  const culture: Partial<Conventions> = id.startsWith("EnglishOthers") ? { dateOrder: "day_first" } : {};
  // A parser's specification has one value to a time of day; a model's has the morning's and the afternoon's.
  return { ...microsoft, ...mode, ...(kind === "parser" ? { halfOfDay: "first" } : {}), ...culture };
}

/**
 * Rows with one forward-looking value, and negatives. Right when the only reading of what was found is that value, and when nothing is
 * found in a negative. The rows the README calls contested (several values, none of them gold) are counted apart: there one must ask.
 */
export const evaluate: Evaluate = async (all) => {
  const rows = all as Row[];
  const judged = rows.filter(({ forward_values, results }) =>
    forward_values ? forward_values.length === 1 : results.length === 0,
  );
  const contested = rows.filter(({ forward_values }) => forward_values && forward_values.length > 1);
  const asked = contested.filter((row) => {
    const values = valuesIn(row).map((each) => JSON.stringify(each));
    return (
      values.length > 1 && values.every((each) => row.forward_values?.some((value) => JSON.stringify(value) === each))
    );
  });
  return {
    ...scoreOf(judged.map(judge)),
    notes: [`contested rows: ${contested.length}, answered with several of their values: ${asked.length}`],
  };
};

function judge(row: Row): Judged {
  const { forward_values: expected } = row;
  const id = `${row.id} ${row.input} @${row.reference}`;
  const got = valuesIn(row);
  if (!expected) return { id, expected: null, got, isCovered: true, isCorrect: got.length === 0 };
  const isCorrect = got.length === 1 && JSON.stringify(got[0]) === JSON.stringify(expected[0]);
  return { id, expected, got, isCovered: got.length > 0, isCorrect };
}

/** A parser's or extractor's file asks for one type: what else stands in the text is another file's. */
const TYPES: Record<string, Found["kind"][]> = {
  DateParser: ["date"],
  DateExtractor: ["date"],
  DatePeriodExtractor: ["daterange"],
  TimeExtractor: ["time"],
  TimePeriodExtractor: ["timerange"],
  DateTimeExtractor: ["datetime"],
  DateTimePeriodExtractor: ["datetimerange"],
  DurationExtractor: ["duration"],
  SetExtractor: ["set"],
  HolidayExtractor: ["date"],
  HolidayParser: ["date"],
  DatePeriodParser: ["daterange"],
  TimeParser: ["time"],
  TimePeriodParser: ["timerange"],
  DateTimeParser: ["datetime"],
  DateTimePeriodParser: ["datetimerange"],
  DurationParser: ["duration"],
  SetParser: ["set"],
};

function valuesIn(row: Row): Value[] {
  const found = findTimes(row.input, nowOf(row.reference), { conv: conventionsOf(row) });
  const types = row.kind === "model" ? undefined : TYPES[row.file];
  const wanted = types ? found.filter(({ kind }) => types.includes(kind)) : found;
  const [first] = wanted.sort((a, b) => b.end - b.start - (a.end - a.start));
  if (!first && row.file === "TimeParser") return middlesOf(found);
  if (!first) return [];
  return first.readings.flatMap((reading) =>
    isOfTasks(row.file) ? taskTextOf(first, reading) : [textOf(first, reading)],
  );
}

/** A parser of times takes a part of the day ("mid-morning") as its middle. */
const middlesOf = (found: readonly Found[]): Value[] =>
  found
    .filter(({ kind }) => kind === "timerange")
    .flatMap(({ readings }) => readings.map(({ from, to }) => timeText(((from ?? 0) + (to ?? 0)) / 2)));

const LONGEST_FOR_A_TASK_S = 70 * 86_400;
const PERIODS: [RegExp, string][] = [
  [/^T/, "P1D"],
  [/^XXXX-WXX/, "P1W"],
  [/^XXXX-XX-\d/, "P1M"],
];

/** A task has a day: long periods are none, the next month is its first day, and what repeats is said with its period. */
function taskTextOf(found: Found, reading: Reading): Value[] {
  const { kind, grain, repeats } = found;
  const { from, to } = reading;
  if (kind === "set") return [`${repeats}${PERIODS.find(([pattern]) => pattern.test(repeats ?? ""))?.[1] ?? ""}`];
  if (kind !== "daterange" || from === null || to === null) return [textOf(found, reading)];
  if (grain === "month") return [dayText(from)];
  return to - from > LONGEST_FOR_A_TASK_S ? [] : [textOf(found, reading)];
}

function nowOf(reference: string | null): Moment {
  const ms = Date.parse(`${(reference ?? "2016-11-07T00:00:00").slice(0, 19)}Z`);
  return { day: Math.floor(ms / DAY_MS), second: (ms % DAY_MS) / 1000 };
}

function textOf({ kind, grain, repeats }: Found, { from, to }: Reading): Value {
  if (kind === "set") return repeats ?? "";
  if (kind === "duration") return String(from ?? 0);
  if (kind === "date") return dayText(from ?? 0);
  if (kind === "time") return timeText(from ?? 0);
  if (kind === "datetime") return `${dayText(from ?? 0)} ${timeText(from ?? 0)}`;
  const text = (at: number | null) =>
    at === null
      ? null
      : kind === "daterange"
        ? dayText(at)
        : kind === "timerange"
          ? timeText(at)
          : `${dayText(at)} ${timeText(at)}`;
  // Microsoft's nights end one second before midnight.
  const isNight = grain === "part" && to !== null && to % 86_400 === 0;
  return [text(from), text(isNight && to !== null ? to - 1 : to)];
}

const dayText = (second: number) => isoOf(Math.floor(second / 86_400));
function timeText(second: number): string {
  const of = ((second % 86_400) + 86_400) % 86_400;
  return [Math.floor(of / 3600), Math.floor(of / 60) % 60, of % 60].map((n) => String(n).padStart(2, "0")).join(":");
}
