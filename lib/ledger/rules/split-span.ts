const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Half-open. */
export type Span = { from: Date; to: Date };

/** A span as whole days and hours of UTC and what is left at its edges: without gap or overlap, nothing empty. */
export function splitSpan(span: Span): { days: Span[]; hours: Span[]; edges: Span[] } {
  const byDay = wholeOf(span, DAY_MS);
  const byHour = byDay.rest.map((rest) => wholeOf(rest, HOUR_MS));
  return {
    days: byDay.whole,
    hours: byHour.flatMap(({ whole }) => whole),
    edges: byHour.flatMap(({ rest }) => rest),
  };
}

function wholeOf({ from, to }: Span, stepMs: number): { whole: Span[]; rest: Span[] } {
  if (from >= to) return { whole: [], rest: [] };
  const first = new Date(Math.ceil(from.getTime() / stepMs) * stepMs);
  const last = new Date(Math.floor(to.getTime() / stepMs) * stepMs);
  if (first >= last) return { whole: [], rest: [{ from, to }] };
  const rest = [
    { from, to: first },
    { from: last, to },
  ];
  return { whole: [{ from: first, to: last }], rest: rest.filter((edge) => edge.from < edge.to) };
}
