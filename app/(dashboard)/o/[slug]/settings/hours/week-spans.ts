import type { MinuteSpan } from "@/lib/scheduling/schemas";

/** Drawing snaps to it; typing does not. */
export const STEP = 15;
const DAY = 1440;

const clamp = (value: number, from: number, to: number) => Math.min(to, Math.max(from, value));
const snap = (minute: number) => clamp(Math.round(minute / STEP) * STEP, 0, DAY);

const before = (others: readonly MinuteSpan[], minute: number) =>
  Math.max(0, ...others.map((each) => each.endMinute).filter((end) => end <= minute));
const after = (others: readonly MinuteSpan[], minute: number) =>
  Math.min(DAY, ...others.map((each) => each.startMinute).filter((start) => start >= minute));

const isFree = (others: readonly MinuteSpan[], span: MinuteSpan) =>
  others.every((each) => each.endMinute <= span.startMinute || each.startMinute >= span.endMinute);

/** The span drawn from one minute to another, cut where the next one begins; undefined where there is one already, or no room. */
export function drawn(others: readonly MinuteSpan[], from: number, to: number): MinuteSpan | undefined {
  if (others.some((each) => each.startMinute <= from && from < each.endMinute)) return undefined;
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const startMinute = Math.max(clamp(Math.floor(low / STEP) * STEP, 0, DAY - STEP), before(others, from));
  const endMinute = Math.min(Math.max(snap(high), startMinute + STEP), after(others, from));
  return startMinute < endMinute ? { startMinute, endMinute } : undefined;
}

/** The span at another start, as long as it was; undefined where it would lie on another one. */
export function moved(others: readonly MinuteSpan[], span: MinuteSpan, start: number): MinuteSpan | undefined {
  const length = span.endMinute - span.startMinute;
  const startMinute = clamp(snap(start), 0, DAY - length);
  const next = { startMinute, endMinute: startMinute + length };
  return isFree(others, next) ? next : undefined;
}

/** The span with one of its ends elsewhere: never shorter than a step, never over its neighbours. */
export function resized(
  others: readonly MinuteSpan[],
  span: MinuteSpan,
  edge: "start" | "end",
  minute: number,
): MinuteSpan {
  const { startMinute, endMinute } = span;
  return edge === "start"
    ? {
        startMinute: clamp(snap(minute), before(others, startMinute), endMinute - Math.min(STEP, endMinute)),
        endMinute,
      }
    : { startMinute, endMinute: clamp(snap(minute), startMinute + STEP, after(others, endMinute)) };
}
