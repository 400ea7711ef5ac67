import { realDay } from "./calendar";
import type { Dates, Env } from "./meaning";
import type { Read } from "./numbers";
import { at, type Token } from "./tokens";
import { MONTHS, WEEKDAYS } from "./words";
import { coming, fullYear } from "./year-words";

/** Before "4-22" or "4.22" these make a date of it. */
const DATED = /^(on|for|by|from|to|until|since|before|after|[,.(-])$/;
const SEPARATORS = new Set(["/", "-", "."]);

/** "2016-04-21", "4/21/2016", "21.04.16", "4/21", "23/sep/2020", "20200701", "4/2016". No part of a longer figure. */
export function numericDate(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const first = at(t, i);
  if (first.kind === "end" || isContinued(t, i)) return undefined;
  const mark = at(t, i + 1);
  const second = at(t, i + 2);
  if (!SEPARATORS.has(mark.text) || second.kind === "end" || second.kind === "sym") return compact(t, i);
  const other = at(t, i + 3);
  const third = at(t, i + 4);
  if (
    third.kind !== "end" &&
    third.kind !== "sym" &&
    (other.text === mark.text || (mark.text === "/" && other.text === ","))
  ) {
    if (isFigureOf(t, i, 5)) return three(first, second, third, mark.text, i + 5, env);
  }
  return isFigureOf(t, i, 3)
    ? two(
        first,
        second,
        mark.text,
        i === 0 || DATED.test(at(t, i - 1).text) || WEEKDAYS.has(at(t, i - 1).text),
        i + 3,
        env,
      )
    : undefined;
}

/** In a row without gaps (after the mark one is allowed: "2 / 15"), and not going on. */
function isFigureOf(t: readonly Token[], i: number, count: number): boolean {
  const next = at(t, i + count);
  const beyond = at(t, i + count + 1);
  const isRange = next.text === "-" && at(t, i + 1).text === "/";
  if (!isRange && next.glued && /^[/\-.]$/.test(next.text) && beyond.glued && beyond.kind === "num") return false;
  return !(next.glued && /^[%$]$/.test(next.text));
}

const isContinued = (t: readonly Token[], i: number): boolean => {
  const before = at(t, i - 1);
  if (before.text === "-" && at(t, i + 1).text === "/") return false;
  return at(t, i).glued && /^[-/.:$]$/.test(before.text) && before.glued && at(t, i - 2).kind === "num";
};

const monthOf = (token: Token): number => (token.kind === "num" ? token.value : (MONTHS.get(token.text) ?? 0));
const isShort = (token: Token) => token.kind === "num" && token.text.length <= 2;

function three(a: Token, b: Token, c: Token, mark: string, end: number, env: Env): Read<Dates> | undefined {
  const day = (y: Token, m: Token, d: Token): Read<Dates> | undefined => {
    if (d.kind !== "num" || d.text.length > 2 || y.kind !== "num" || (y.text.length !== 4 && y.text.length !== 2))
      return undefined;
    const from = realDay(fullYear(y.value, y.text, env), monthOf(m), d.value);
    return from === undefined ? undefined : { spans: [{ from, to: from + 1 }], unit: "day", end };
  };
  if (a.kind === "num" && a.text.length === 4) return day(a, b, c) ?? day(a, c, b);
  if (b.kind === "num" && b.text.length === 4) return a.kind === "word" ? day(b, a, c) : undefined;
  if (a.kind === "word") return day(c, a, b);
  if (b.kind === "word") return day(c, b, a);
  if (c.kind !== "num" || !isShort(a) || !isShort(b)) return undefined;
  const isDayFirst = env.conv.dateOrder === "day_first" || (mark === "." && c.text.length === 4);
  return isDayFirst ? (day(c, b, a) ?? day(c, a, b)) : (day(c, a, b) ?? day(c, b, a));
}

function two(a: Token, b: Token, mark: string, isAfterOn: boolean, end: number, env: Env): Read<Dates> | undefined {
  if (a.kind === "num" && b.kind === "num" && mark !== ".") {
    if (isShort(a) && b.text.length === 4) return month(b, a, end);
    if (a.text.length === 4 && isShort(b) && (mark === "/" || b.text.length === 2)) return month(a, b, end);
  }
  const yearless = (m: Token, d: Token): Read<Dates> | undefined => {
    if (!isShort(d) || (m.kind === "num" && !isShort(m))) return undefined;
    const inYear = (y: number) => {
      const from = realDay(y, monthOf(m), d.value);
      return from === undefined ? undefined : { from, to: from + 1 };
    };
    const spans = coming(inYear, env);
    return spans.length > 0 ? { spans, unit: "day", end, inYear } : undefined;
  };
  if (a.kind === "word") return yearless(a, b);
  if (b.kind === "word") return yearless(b, a);
  if (mark !== "/" && !isAfterOn) return undefined;
  return env.conv.dateOrder === "day_first" ? (yearless(b, a) ?? yearless(a, b)) : (yearless(a, b) ?? yearless(b, a));
}

function month(y: Token, m: Token, end: number): Read<Dates> | undefined {
  const from = realDay(y.value, m.value, 1);
  const next = m.value === 12 ? realDay(y.value + 1, 1, 1) : realDay(y.value, m.value + 1, 1);
  return from === undefined || next === undefined || y.value < 1500
    ? undefined
    : { spans: [{ from, to: next }], unit: "month", end };
}

function compact(t: readonly Token[], i: number): Read<Dates> | undefined {
  const { text, kind } = at(t, i);
  if (kind !== "num" || text.length !== 8 || !isFigureOf(t, i, 1)) return undefined;
  const [y, m, d] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
  const from = y > 1500 && y < 2500 ? realDay(y, m, d) : undefined;
  return from === undefined ? undefined : { spans: [{ from, to: from + 1 }], unit: "day", end: i + 1 };
}
