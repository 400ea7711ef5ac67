import { onOrAfter, weekOf } from "./calendar";
import type { Dates, Env } from "./meaning";
import type { Read } from "./numbers";
import { after, at, type Token } from "./tokens";

/** "the week of April 10", "week commencing February 4", "w/c Feb 4", "the weekend of the 5th". */
export function weekAround(
  t: readonly Token[],
  i: number,
  env: Env,
  dates: (i: number) => Read<Dates> | undefined,
): Read<Dates> | undefined {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  if (!/^w/.test(at(t, the).text)) return undefined;
  const short = Math.max(after(t, the, "w", "/", "c"), after(t, the, "w", "/", "b"));
  const named = Math.max(
    short,
    after(t, the, "week", "of"),
    after(t, the, "week", "commencing|beginning|starting|ending|with|containing"),
    after(t, the, "weekend", "of"),
  );
  if (named < 0) return undefined;
  const day = dates(named);
  const isWeekend = at(t, the).text === "weekend";
  if (day?.unit !== "day" || day.spans.length === 0) return undefined;
  const spans = day.spans.map(({ from }) => {
    if (isWeekend) return { from: onOrAfter(weekOf(from, 1), 6), to: onOrAfter(weekOf(from, 1), 6) + 2 };
    const start = weekOf(from, env.conv.weekStart);
    return { from: start, to: start + 7 };
  });
  return { spans, unit: isWeekend ? "weekend" : "week", end: day.end };
}
