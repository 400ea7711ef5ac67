import { civilOf } from "../civil";
import { monthStart, type Span } from "./calendar";
import type { Dates, Env } from "./meaning";
import type { Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { unitSpan } from "./unit-spans";
import { EARLY, LATE, MIDDLE, type Unit } from "./words";

type Edge = "early" | "mid" | "late";

const SHORT: Record<string, [Edge, Unit]> = {
  eom: ["late", "month"],
  eoy: ["late", "year"],
  eow: ["late", "week"],
  bom: ["early", "month"],
  boy: ["early", "year"],
};

/** "mid-March", "end of next week", "early this month", "late last week", "rest of the year", "EOM". */
export function edgeOf(
  t: readonly Token[],
  i: number,
  env: Env,
  dates: (i: number) => Read<Dates> | undefined,
): Read<Dates> | undefined {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  const { text } = at(t, the);
  const short = Object.hasOwn(SHORT, text) ? SHORT[text] : undefined;
  if (short) {
    const span = unitSpan(short[1], 0, env);
    return span && { spans: [edge(span, short[1], short[0], env)], unit: "range", end: the + 1 };
  }
  const rest = after(t, the, "rest|remainder") > 0;
  const which: Edge | undefined = EARLY.has(text)
    ? "early"
    : MIDDLE.has(text)
      ? "mid"
      : LATE.has(text)
        ? "late"
        : undefined;
  if (!which && !rest) return undefined;
  if (/^(end|start|starting|beginning)$/.test(text) && after(t, the + 1, "in") > 0) return undefined;
  let next = the + 1;
  while (/^(of|in|-|around|on|the)$/.test(at(t, next).text) && next < the + 4) next++;
  const said = at(t, next - 1).text === "the" ? (dates(next - 1) ?? dates(next)) : dates(next);
  const whole = said ?? bareUnit(t, next, env);
  if (!whole || whole.unit === "day" || whole.spans.length === 0 || whole.moment) return undefined;
  if (rest) {
    const { from, to } = whole.spans[0] ?? { from: 0, to: 0 };
    const start = Math.max(from, env.now.day);
    const last = env.conv.rangeEnd === "excluded" ? to - 1 : to;
    return start < last ? { spans: [{ from: start, to: last }], unit: "range", end: whole.end } : undefined;
  }
  if (!which) return undefined;
  const around = text === "earlier" || text === "later" ? whole.spans[0] : undefined;
  if (around && around.from <= env.now.day && env.now.day < around.to) {
    const part = env.conv.edges === "halves" ? edge(around, whole.unit, which, env) : around;
    const isInside = part.from <= env.now.day && env.now.day < part.to;
    const next = env.conv.edges === "halves" ? env.now.day : env.now.day + 1;
    const span =
      text === "earlier"
        ? { from: part.from, to: isInside ? env.now.day : part.to }
        : { from: isInside ? next : part.from, to: part.to };
    return span.from < span.to ? { spans: [span], unit: "range", end: whole.end } : undefined;
  }
  const { inYear, unit } = whole;
  return {
    spans: whole.spans.map((span) => edge(span, unit, which, env)),
    unit: "range",
    end: whole.end,
    inYear: inYear && ((y) => cut(inYear(y), unit, which, env)),
  };
}

const cut = (span: Span | undefined, unit: Dates["unit"], which: Edge, env: Env) =>
  span && edge(span, unit, which, env);

/** "end of month" without an article; "week" is one of the calendar's. */
function bareUnit(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const end = after(t, i, "week|month|year|quarter|yr");
  const unit = at(t, i).text === "yr" ? "year" : (at(t, i).text as Unit);
  const span = end > 0 ? unitSpan(unit, 0, env) : undefined;
  return span && { spans: [span], unit, end };
}

function edge({ from, to }: Span, unit: Dates["unit"], which: Edge, env: Env): Span {
  const isHalves = env.conv.edges === "halves";
  const { year, month } = civilOf(from);
  if (unit === "week") {
    if (which === "early") return { from, to: from + 3 };
    if (which === "late") return { from: from + (isHalves ? 3 : 4), to };
    return isHalves ? { from: from + 1, to: from + 5 } : { from: from + 1, to: from + 4 };
  }
  if (unit === "month") {
    if (which === "mid") return { from: from + (isHalves ? 9 : 10), to: from + 20 };
    if (which === "early") return { from, to: from + (isHalves ? 15 : 10) };
    return { from: from + (isHalves ? 15 : 20), to };
  }
  if (unit === "year") {
    if (which === "early") return { from, to: monthStart(year, isHalves ? 7 : 4) };
    if (which === "late") return { from: monthStart(year, isHalves ? 7 : 9), to };
    return { from: monthStart(year, isHalves ? 4 : 5), to: monthStart(year, isHalves ? 10 : 9) };
  }
  if (unit === "quarter" || unit === "season") {
    const middle = monthStart(year, month, 1);
    const last = monthStart(year, month, 2);
    return which === "early" ? { from, to: middle } : which === "mid" ? { from: middle, to: last } : { from: last, to };
  }
  const third = Math.max(1, Math.floor((to - from) / 3));
  if (which === "early") return { from, to: from + third };
  return which === "mid" ? { from: from + third, to: to - third } : { from: to - third, to };
}
