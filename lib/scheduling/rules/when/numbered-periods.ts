import { monthSpan, weekOfYear } from "./calendar";
import { unitAt } from "./durations";
import type { Dates, Env } from "./meaning";
import { cardinal, ordinal, type Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { one } from "./unit-spans";
import { SHIFTS } from "./words";
import { yearAfter, yearly, yearNow } from "./year-words";

/** "Q3", "2016 H2", "third quarter of 2016", "4th qtr 2018", "week 10". */
export function numberedPeriod(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const lead = at(t, i).kind === "num" && at(t, i).text.length === 4 ? at(t, i).value : undefined;
  const first = lead === undefined ? i : skipMarks(t, i + 1);
  const start = after(t, first, "the") > 0 ? first + 1 : first;
  const nth = ordinal(t, start);
  const letter = at(t, start).text;
  let months = 0;
  let which = 0;
  let end = start;
  if (letter === "q" || letter === "h") {
    const figure = at(t, start + 1);
    if (figure.kind !== "num" || !figure.glued || figure.value < 1 || figure.value > (letter === "q" ? 4 : 2))
      return undefined;
    [months, which, end] = [letter === "q" ? 3 : 6, figure.value, start + 2];
  } else if (nth && unitAt(t, nth.end)?.unit === "quarter" && nth.value <= 4) {
    [months, which, end] = [3, nth.value, unitAt(t, nth.end)?.end ?? nth.end];
  } else if (nth && nth.value <= 2 && isHalfOfYear(t, after(t, nth.end, "half", "of"))) {
    [months, which, end] = [6, nth.value, nth.end + 1];
  } else return lead === undefined ? weekNumber(t, start, env) : undefined;
  const inYear = (y: number) => monthSpan(y, (which - 1) * months + 1, months);
  const unit = months === 3 ? "quarter" : "range";
  if (lead !== undefined) return one(inYear(lead), unit, end);
  const theYear = Math.max(after(t, end, "of", "the", "year"), after(t, end, "of", "year"));
  if (theYear > 0) return yearly(t, { inYear, end: theYear }, env, unit);
  const dash = after(t, end, "-") > 0 ? end + 1 : end;
  const shift = SHIFTS.get(at(t, dash).text);
  const year = after(t, dash + 1, "year");
  if (shift !== undefined && year > 0) return one(inYear(yearNow(env) + shift), unit, year);
  return yearly(t, { inYear, end: at(t, dash).kind === "num" ? dash : end }, env, unit);
}

const isHalfOfYear = (t: readonly Token[], i: number) => {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  return i > 0 && (at(t, i).kind === "num" || after(t, the, "year") > 0 || after(t, the + 1, "year") > 0);
};

const skipMarks = (t: readonly Token[], i: number) => (/^[-,/]$/.test(at(t, i).text) ? i + 1 : i);

function weekNumber(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const start = after(t, i, "week");
  const read = start > 0 ? cardinal(t, start) : undefined;
  if (!read || read.value < 1 || read.value > 53 || (at(t, start).text.length > 2 && at(t, start).kind === "num"))
    return undefined;
  const said = yearAfter(t, read.end, env);
  const from = weekOfYear(said?.value ?? yearNow(env), read.value);
  return one({ from, to: from + 7 }, "week", said?.end ?? read.end);
}
