import { duration, unitAt } from "./durations";
import { cardinal, type Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { ONES, TENS } from "./words";

/** A time of day as it was said. Not fixed: morning or afternoon is open. Bare: a number alone, which is a time only where one is expected. */
export type Clock = { second: number; isFixed: boolean; isBare: boolean; grain: "hour" | "minute" | "second" };

const HALF_DAY = 43_200;

/** Seconds of the day it can mean. Twelve is noon first. */
export function readingsOf({ second, isFixed }: Clock): number[] {
  if (isFixed || second >= HALF_DAY + 3600) return [second];
  const first = second % HALF_DAY;
  return first < 3600 ? [first + HALF_DAY, first] : [first, first + HALF_DAY];
}

const STARTS = new Set([
  ..."noon midday noontime mid midnight a an half quarter".split(" "),
  ...ONES.keys(),
  ...TENS.keys(),
]);

/** "15:30", "3 pm", "half past two", "quarter to nine", "ten thirty", "noon", "3 o'clock", "16h00", "seven". */
export function clock(t: readonly Token[], i: number): Read<Clock> | undefined {
  const { kind, text } = at(t, i);
  if (kind !== "num" && !STARTS.has(text)) return undefined;
  const read = namedTime(t, i) ?? pastOrTo(t, i) ?? besideTime(t, i) ?? figures(t, i) ?? military(t, i) ?? spoken(t, i);
  if (!read) return undefined;
  const ish = Math.max(after(t, read.end, "ish"), after(t, read.end, "-", "ish"));
  return ish > 0 ? { ...read, isBare: false, end: ish } : read;
}

const fixed = (second: number, end: number, grain: Clock["grain"] = "hour"): Read<Clock> => ({
  second,
  isFixed: true,
  isBare: false,
  grain,
  end,
});

const NAMED = new Set("12 twelve noon midday noontime mid midnight".split(" "));

function namedTime(t: readonly Token[], i: number): Read<Clock> | undefined {
  if (!NAMED.has(at(t, i).text)) return undefined;
  const twelve = after(t, i, "12|twelve") > 0 ? i + 1 : i;
  const noon = Math.max(
    after(t, twelve, "noon|midday|noontime"),
    after(t, twelve, "mid", "-", "day"),
    after(t, twelve, "mid", "day"),
  );
  if (noon > 0) return fixed(HALF_DAY, noon);
  const midnight = Math.max(
    after(t, twelve, "midnight"),
    after(t, twelve, "mid", "-", "night"),
    after(t, twelve, "mid", "night"),
  );
  return midnight > 0 ? fixed(0, midnight) : undefined;
}

/** What decides between morning and afternoon, right after the figures: "am", "p.m.", "p m", "in the pm", a glued "p". */
function halfAt(t: readonly Token[], i: number): Read<{ half: "am" | "pm" | "both" | undefined; isShort: boolean }> {
  const skipped = Math.max(i, after(t, i, "in", "the"));
  const { text } = at(t, skipped);
  if (text === "ampm") return { half: "both", isShort: false, end: skipped + 1 };
  if (text === "am" || text === "pm") return { half: text, isShort: false, end: skipped + 1 };
  if ((text === "a" || text === "p") && skipped === i) {
    const half = text === "a" ? "am" : "pm";
    const dot = at(t, i + 1).text === "." ? i + 2 : i + 1;
    if (at(t, dot).text === "m" && (at(t, dot).glued || !at(t, i).glued))
      return { half, isShort: false, end: at(t, dot + 1).text === "." && at(t, dot + 1).glued ? dot + 2 : dot + 1 };
    if (at(t, i).glued && at(t, i - 1).kind === "num") return { half, isShort: true, end: i + 1 };
  }
  return { half: undefined, isShort: false, end: i };
}

const oclock = (t: readonly Token[], i: number) =>
  Math.max(i, after(t, i, "oclock"), after(t, i, "o", "clock"), after(t, i, "o"), after(t, i, "sharp"));

function withHalf(
  t: readonly Token[],
  second: number,
  end: number,
  grain: Clock["grain"],
  isFull: boolean,
): Read<Clock> | undefined {
  const whole = oclock(t, end);
  const { half, end: after_, isShort } = halfAt(t, whole);
  const isBare = grain === "hour" && whole === end && (half === undefined || isShort);
  if (half === undefined) {
    if (isBare && unitAt(t, end)) return undefined;
    return { second, isFixed: isFull, isBare, grain, end: Math.max(whole, oclock(t, after_)) };
  }
  if (half === "both") return { second: second % HALF_DAY, isFixed: false, isBare: false, grain, end: after_ };
  if (second >= HALF_DAY + 3600)
    return half === "am" ? undefined : { second, isFixed: true, isBare, grain, end: after_ };
  if (second === 0 && isFull && half === "pm") return undefined;
  return {
    second: (second % HALF_DAY) + (half === "pm" ? HALF_DAY : 0),
    isFixed: true,
    isBare,
    grain,
    end: oclock(t, after_),
  };
}

function figures(t: readonly Token[], i: number): Read<Clock> | undefined {
  const hour = at(t, i);
  if (hour.kind !== "num" || hour.text.length > 4) return undefined;
  const before = at(t, i - 1);
  if (hour.glued && /^[$€£/.:,#]$/.test(before.text) && before.glued && at(t, i - 2).kind === "num") return undefined;
  if (hour.glued && /^[$€£#]$/.test(before.text)) return undefined;
  if (hour.text.length >= 3) return run(t, i);
  const mark = at(t, i + 1);
  const minute = at(t, i + 2);
  const isMinute = minute.kind === "num" && minute.text.length === 2 && minute.glued && minute.value < 60;
  if (hour.value > 24) return undefined;
  const isFull = hour.text.startsWith("0") || hour.value > 12 || hour.isAfterT === true;
  if (isMinute && mark.glued && /^(:|\.|h)$/.test(mark.text) && hour.value < 24) {
    const colon = at(t, i + 3);
    const second = at(t, i + 4);
    const start = hour.value * 3600 + minute.value * 60;
    if (mark.text === ":" && colon.text === ":" && second.kind === "num" && second.value < 60 && second.glued)
      return withHalf(t, start + second.value, i + 5, "second", isFull);
    if (mark.text === "." && colon.glued && /^[./]$/.test(colon.text) && second.kind === "num") return undefined;
    const hours = after(t, i + 3, "hrs|hours");
    if (hours > 0) return fixed(start, hours, "minute");
    const read = withHalf(t, start, i + 3, "minute", isFull || mark.text === "h");
    return read && (mark.text === "." && !read.isFixed ? { ...read, isBare: true } : read);
  }
  const said = hour.value <= 12 && !mark.glued ? minuteAt(t, i + 1) : undefined;
  if (said && !unitAt(t, said.end) && hour.value > 0)
    return withHalf(t, hour.value * 3600 + said.value * 60, said.end, "minute", isFull && hour.value !== 12);
  if (mark.glued && /^[:.,/%]$/.test(mark.text) && at(t, i + 2).glued && at(t, i + 2).kind === "num") return undefined;
  const isPair = mark.kind === "num" && !mark.glued && mark.text.length === 2 && mark.value < 60 && hour.value < 24;
  if (isPair && !unitAt(t, i + 2) && !/^[:./-]$/.test(minute.text)) {
    const read = withHalf(t, hour.value * 3600 + mark.value * 60, i + 2, "minute", isFull && hour.value !== 12);
    return read && { ...read, isBare: read.end === i + 2 };
  }
  if (/^(h|hr|hrs)$/.test(mark.text) && mark.glued) return { ...fixed(hour.value * 3600, i + 2), isBare: true };
  if (mark.glued && mark.text === "%") return undefined;
  return withHalf(t, (hour.value % 24) * 3600, i + 1, "hour", isFull && hour.value !== 12);
}

/** "1530", "730", "930 pm", "0930 hours". */
function run(t: readonly Token[], i: number): Read<Clock> | undefined {
  const { value, text } = at(t, i);
  const [hour, minute] = [Math.floor(value / 100), value % 100];
  if (hour > 23 || minute > 59) return undefined;
  if (
    at(t, i + 1).glued &&
    /^[-.,/%]$/.test(at(t, i + 1).text) &&
    at(t, i + 2).glued &&
    text.length === 3 &&
    at(t, i + 1).text !== "-"
  )
    return undefined;
  const read = withHalf(t, hour * 3600 + minute * 60, i + 1, "minute", text.startsWith("0") || hour > 12);
  if (!read) return undefined;
  const hours = after(t, read.end, "hours|hrs");
  if (hours > 0) return { ...read, isFixed: true, end: hours };
  return read.end > i + 1 ? read : { ...read, isBare: true };
}

const AMOUNTS: Record<string, number> = { half: 30, quarter: 15, five: 5, ten: 10, twenty: 20 };

/** "half past two", "quarter to nine", "20 minutes past eight", "ten to one", "half two". "10 to 12" in figures is from ten until twelve. */
function pastOrTo(t: readonly Token[], i: number): Read<Clock> | undefined {
  const start = after(t, i, "a|an") > 0 ? i + 1 : i;
  const token = at(t, start);
  let minutes = Object.hasOwn(AMOUNTS, token.text) ? AMOUNTS[token.text] : undefined;
  let end = start + 1;
  if (minutes === 20 && after(t, end, "five") > 0) [minutes, end] = [25, end + 1];
  else if (minutes === 20 && after(t, end, "-", "five") > 0) [minutes, end] = [25, end + 2];
  const isFigure = token.kind === "num" && token.value < 60;
  if (minutes === undefined) minutes = isFigure ? token.value : (ONES.get(token.text) ?? TENS.get(token.text));
  if (minutes === undefined) return undefined;
  const unit = after(t, end, "minutes|minute|mins|min");
  if (unit > 0) end = unit;
  const { text } = at(t, end);
  const isPast = /^(past|after)$/.test(text);
  const isTo = /^(to|before|till|til|of)$/.test(text);
  if (!isPast && !isTo) {
    if (token.text !== "half" || start !== i) return undefined;
    const hour = hourAt(t, end);
    return hour && hour.second <= HALF_DAY && !unitAt(t, end + 1) && !unitAt(t, end) && !hour.isFixed
      ? moved(hour, 30)
      : undefined;
  }
  const isCount = isFigure ? token.value < 25 : !Object.hasOwn(AMOUNTS, token.text);
  if (unit < 0 && isTo && isCount) return undefined;
  const hour = hourAt(t, end + 1);
  return hour && moved(hour, isPast ? minutes : -minutes);
}

/** "An hour before noon", "half an hour after 3 pm", "90 minutes before five". */
function besideTime(t: readonly Token[], i: number): Read<Clock> | undefined {
  const length = duration(t, i);
  if (!length || length.duration.seconds === 0 || length.duration.days > 0 || length.duration.months > 0)
    return undefined;
  const before = Math.max(after(t, length.end, "before"), after(t, length.end, "prior", "to"));
  const start = Math.max(before, after(t, length.end, "after|past"));
  const time = start > 0 ? clock(t, start) : undefined;
  return time && moved(time, (length.duration.seconds / 60) * (before > 0 ? -1 : 1));
}

const moved = (hour: Read<Clock>, minutes: number): Read<Clock> => ({
  ...hour,
  second: (hour.second + minutes * 60 + 86_400) % 86_400,
  grain: "minute",
  isBare: false,
});

/** A whole hour: "two", "3pm", "seven o'clock", "noon". */
function hourAt(t: readonly Token[], i: number): Read<Clock> | undefined {
  const named = namedTime(t, i);
  if (named) return named;
  const token = at(t, i);
  const hour = token.kind === "num" ? token.value : ONES.get(token.text);
  if (hour === undefined || hour > 23 || (token.kind === "num" && token.text.length > 2)) return undefined;
  return withHalf(t, hour * 3600, i + 1, "hour", hour > 12 || hour === 0);
}

/** "eighteen hundred hours", "zero eight hundred", "twenty two o'clock". */
function military(t: readonly Token[], i: number): Read<Clock> | undefined {
  const start = after(t, i, "zero|oh|o") > 0 && at(t, i + 1).kind === "word" ? i + 1 : i;
  const read = cardinal(t, start);
  if (!read || at(t, i).kind === "num") return undefined;
  const isHundred = read.value % 100 === 0 && read.value >= 100 && read.value < 2400;
  const hours = isHundred ? Math.max(after(t, read.end, "hours|hrs"), start > i ? read.end : -1) : -1;
  if (hours > 0) return fixed((read.value / 100) * 3600, hours);
  const clock = Math.max(after(t, read.end, "oclock"), after(t, read.end, "o", "clock"));
  return clock > 0 && read.value > 12 && read.value < 24 ? fixed(read.value * 3600, clock) : undefined;
}

/** "seven", "ten thirty", "nine oh five", "eleven forty five pm", "twelve hundred hours". */
function spoken(t: readonly Token[], i: number): Read<Clock> | undefined {
  const hour = at(t, i).text === "twenty" ? 20 : ONES.get(at(t, i).text);
  if (hour === undefined || hour > 23) return undefined;
  const dash = (j: number) => (at(t, j).text === "-" && at(t, j).glued ? j + 1 : j);
  const next = dash(i + 1);
  const minute = minuteAt(t, next);
  if (minute && !unitAt(t, minute.end))
    return withHalf(t, hour * 3600 + minute.value * 60, minute.end, "minute", hour > 12);
  if (hour === 20) return undefined;
  return hour === 0 ? undefined : withHalf(t, hour * 3600, i + 1, "hour", hour > 12);
}

function minuteAt(t: readonly Token[], i: number): Read<{ value: number }> | undefined {
  const { text } = at(t, i);
  const dash = at(t, i + 1).text === "-" ? i + 2 : i + 1;
  const unit = ONES.get(at(t, dash).text);
  if (/^(oh|o|ou|zero)$/.test(text))
    return unit !== undefined && unit < 10 && unit > 0 ? { value: unit, end: dash + 1 } : undefined;
  const tens = TENS.get(text);
  if (tens !== undefined && tens < 60)
    return unit !== undefined && unit > 0 && unit < 10
      ? { value: tens + unit, end: dash + 1 }
      : { value: tens, end: i + 1 };
  const teen = ONES.get(text);
  return teen !== undefined && teen >= 10 ? { value: teen, end: i + 1 } : undefined;
}
