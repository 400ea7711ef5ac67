import { civilOf } from "../civil";
import { type Span, yearSpan } from "./calendar";
import type { Dates, Env } from "./meaning";
import { cardinal, isPartOfNumber, ordinal, type Read, type ReadNumber, year } from "./numbers";
import { after, at, type Token } from "./tokens";
import { ONES, ORDINALS, SHIFTS, TENS } from "./words";

type InYear = (year: number) => Span | undefined;

export const yearNow = (env: Env) => civilOf(env.now.day).year;

/** The coming one of what happens every year, the present one included; leap days may be eight years away. */
export function coming(inYear: InYear, env: Env): Span[] {
  const from = yearNow(env);
  for (let y = from; y <= from + 8; y++) {
    const span = inYear(y);
    if (span && span.to > env.now.day) return [span];
  }
  return [];
}

/** Two figures of a year: the century that puts it within forty years ahead. */
export const fullYear = (value: number, text: string, env: Env): number => {
  if (text.length > 2) return value;
  const century = Math.floor(yearNow(env) / 100) * 100;
  return century + value <= 2039 ? century + value : century - 100 + value;
};

/** A year that follows a date or month: "2016", ", 2016", "of 87", "in two thousand and five", "of next year". */
export function yearAfter(t: readonly Token[], i: number, env: Env): ReadNumber | undefined {
  const comma = /^[,.]$/.test(at(t, i).text) ? i + 1 : i;
  const joined = after(t, comma, "of|in");
  const start = joined > 0 ? joined : comma;
  const said = year(t, start);
  if (said && !(at(t, said.end).text === ":" && at(t, said.end).glued)) {
    if (at(t, start).kind !== "num" || joined > 0 || (said.value >= 1900 && said.value < 2200)) return said;
  }
  const token = at(t, start);
  if (joined > 0 && token.kind === "num" && token.text.length === 2 && at(t, start + 1).kind !== "word")
    return { value: fullYear(token.value, token.text, env), end: start + 1 };
  const beyond = at(t, start + 1);
  const isShort =
    token.kind === "num" && token.text.length === 2 && token.value > 31 && token.start > at(t, start - 1).end;
  if (isShort && beyond.kind !== "word" && beyond.text !== ":")
    return { value: fullYear(token.value, token.text, env), end: start + 1 };
  const the = after(t, start, "the") > 0 ? start + 1 : start;
  const shift = SHIFTS.get(at(t, the).text);
  const next = after(t, the + 1, "year|yr");
  if (shift !== undefined && next > 0) return { value: yearNow(env) + shift, end: next };
  return undefined;
}

/** What happens every year, with its year where that is said, with "next", "last" or "this" before it, or else the coming one. */
export function yearly(
  t: readonly Token[],
  read: Read<{ inYear: InYear }>,
  env: Env,
  unit: Dates["unit"],
  shift?: number,
): Read<Dates> | undefined {
  const said = yearAfter(t, read.end, env);
  if (said) {
    const span = read.inYear(said.value);
    return span && { spans: [span], unit, end: said.end };
  }
  const { inYear, end } = read;
  if (shift === undefined || shift >= 0) {
    const spans = coming(inYear, env);
    return spans.length > 0 ? { spans, unit, end, inYear } : undefined;
  }
  for (let y = yearNow(env); y > yearNow(env) - 9; y--) {
    const span = inYear(y);
    if (span && span.to <= env.now.day) return { spans: [span], unit, end };
  }
  return undefined;
}

const DECADES: Record<string, number> = {
  noughties: 0,
  twenties: 20,
  thirties: 30,
  forties: 40,
  fifties: 50,
  sixties: 60,
  seventies: 70,
  eighties: 80,
  nineties: 90,
};

/** "in 2016", "the year 2016", "1990s", "the nineties". A bare number is a year only after a word that says so. */
const YEAR_STARTS = new Set([
  "the",
  "year",
  "years",
  "calendar",
  "noughties",
  ...TENS.keys(),
  ...ORDINALS.keys(),
  ...ONES.keys(),
  ...Object.keys(DECADES),
]);

export function yearOrDecade(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  if (at(t, i).kind !== "num" && !YEAR_STARTS.has(at(t, i).text)) return undefined;
  const start = after(t, i, "the") > 0 ? i + 1 : i;
  const century = ordinal(t, start);
  if (century && century.value < 90 && after(t, century.end, "century") > 0)
    return { spans: [yearSpan(century.value * 100 - 99, 100)], unit: "century", end: century.end + 1 };
  const decade = decadeAt(t, start, env);
  if (decade) return decade;
  const named = Math.max(after(t, i, "year|years"), after(t, i, "the", "year"), after(t, i, "calendar", "year"));
  const said = named > 0 ? (year(t, named) ?? cardinal(t, named)) : year(t, i);
  if (!said || said.value < 1 || said.value > 9998) return undefined;
  const isDash = at(t, i - 1).text === "-" && at(t, i - 1).glued && !/^(early|mid|late)$/.test(at(t, i - 2).text);
  const isNamed =
    named > 0 ||
    (at(t, i).kind === "num" && said.value >= 1900 && said.value < 2200 && isAllSaid(t, i)) ||
    /^(in|of|since|before|after|until|till|from|between|and|to|through|by|during|-|throughout|than|early|late|mid)$/.test(
      at(t, i - 1).text,
    );
  const isBound =
    said !== undefined &&
    (after(t, said.end, "or|and", "after|later|before|earlier|beyond") > 0 || after(t, said.end, "onwards") > 0);
  if (!(isNamed || isBound) || isDash || (named < 0 && isPartOfNumber(t, i))) return undefined;
  return { spans: [yearSpan(said.value)], unit: "year", end: said.end };
}

/** "2027", "=2027": nothing else is said. */
const isAllSaid = (t: readonly Token[], i: number) =>
  at(t, i + 1).kind === "end" && (i === 0 || (i === 1 && at(t, 0).text === "="));

function decadeAt(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const token = at(t, i);
  const ten = (from: number, end: number): Read<Dates> => ({ spans: [yearSpan(from, 10)], unit: "decade", end });
  const word = Object.hasOwn(DECADES, token.text) ? DECADES[token.text] : undefined;
  if (word !== undefined && /^(the|early|mid|late|-)$/.test(at(t, i - 1).text)) {
    const century = Math.floor(yearNow(env) / 100) * 100;
    return ten(century + word, i + 1);
  }
  const { text: next } = at(t, i + 1);
  const hundreds = /^(eighteen|nineteen)$/.test(token.text) && Object.hasOwn(DECADES, next) ? DECADES[next] : undefined;
  if (hundreds !== undefined) return ten((token.text === "nineteen" ? 1900 : 1800) + hundreds, i + 2);
  const two = after(t, i, "two", "thousands");
  if (two > 0) return ten(2000, two);
  const tens = Math.max(after(t, i, "twenty", "tens"), after(t, i, "twenty", "-", "tens"));
  if (tens > 0) return ten(2010, tens);
  const plural = after(t, i + 1, "s");
  if (token.kind === "num" && plural > 0 && token.value % 10 === 0) {
    if (token.text.length === 4) return ten(token.value, plural);
    const century = Math.floor(yearNow(env) / 100) * 100;
    if (token.text.length === 2 && /^(the|in|early|mid|late|-)$/.test(at(t, i - 1).text))
      return ten(century + token.value, plural);
  }
  return undefined;
}
