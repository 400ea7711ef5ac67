import { civilOf } from "../civil";
import { monthSpan } from "./calendar";
import type { Dates, Env } from "./meaning";
import type { Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { one } from "./unit-spans";
import { MONTHS, monthAt, SHIFTS } from "./words";
import { fullYear, yearAfter, yearly } from "./year-words";

/** "march", "march 2017", "2017 march", "last september", "next march", "this june". "May" and "march" alone need a word that says so. */
export function monthName(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const before = at(t, i).kind === "num" && at(t, i).text.length === 4 ? at(t, i) : undefined;
  if (before) {
    const next = /^[-/,]$/.test(at(t, i + 1).text) ? i + 2 : i + 1;
    const month = monthAt(t, next);
    return month === undefined ? undefined : one(monthSpan(before.value, month), "month", next + 1);
  }
  const the = after(t, i, "the", "month", "of") > 0 ? i + 3 : after(t, i, "month", "of") > 0 ? i + 2 : i;
  const shift = SHIFTS.get(at(t, the).text);
  const named = shift === undefined ? the : the + 1;
  const word = at(t, named).text;
  const month = monthAt(t, named);
  if (month === undefined) return undefined;
  const end = at(t, named + 1).text === "." && at(t, named + 1).glued && word.length < 5 ? named + 2 : named + 1;
  const inYear = (y: number) => monthSpan(y, month);
  const previous = at(t, i - 1);
  if (previous.kind === "num" && previous.value > 28 && previous.value < 32 && !previous.glued) return undefined;
  if (shift === undefined && the === i) {
    const comma = /^[,/-]$/.test(at(t, end).text) ? end + 1 : end;
    const short = at(t, comma);
    const said = yearAfter(t, comma, env);
    if (
      !said &&
      AMBIGUOUS.has(word) &&
      !SAYS_MONTH.has(at(t, i - 1).text) &&
      !(at(t, i - 1).kind === "num" && at(t, i - 1).text.length < 3) &&
      !(at(t, i - 1).text === "and" && monthAt(t, i - 2)) &&
      !(/^(to|until|till|through|-)$/.test(at(t, end).text) && MONTHS.has(at(t, end + 1).text))
    )
      return undefined;
    if (said && comma > end) return one(monthSpan(said.value, month), "month", said.end);
    if (short.kind === "num" && short.text.length === 2 && short.value > 31)
      return one(monthSpan(fullYear(short.value, short.text, env), month), "month", comma + 1);
  }
  if (shift === 1 && at(t, the).text === "next") {
    const { year, month: now } = civilOf(env.now.day);
    return one(monthSpan(month > now ? year : year + 1, month), "month", end);
  }
  return yearly(t, { inYear, end }, env, "month", shift);
}

const AMBIGUOUS = new Set(["may", "march", "mar", "sep", "dec", "jan", "jun"]);
const SAYS_MONTH = new Set(
  "in of since before after until till by during from mid middle early late end start beginning this next last to between through throughout within all - the".split(
    " ",
  ),
);
