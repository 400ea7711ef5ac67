import { after, at, type Token } from "./tokens";
import { ONES, ORDINALS, TENS } from "./words";

/** What was read, and the index of the token after it. */
export type Read<T> = T & { end: number };
export type ReadNumber = Read<{ value: number }>;

const dashed = (t: readonly Token[], i: number) => (at(t, i).text === "-" && at(t, i).glued ? i + 1 : i);

/** Below a hundred, in words: "seven", "twenty five", "twenty-five". */
function belowHundred(t: readonly Token[], i: number): ReadNumber | undefined {
  const { text } = at(t, i);
  const one = ONES.get(text);
  if (one !== undefined) return { value: one, end: i + 1 };
  const tens = TENS.get(text);
  if (tens === undefined) return undefined;
  const next = dashed(t, i + 1);
  const unit = ONES.get(at(t, next).text);
  return unit !== undefined && unit > 0 && unit < 10
    ? { value: tens + unit, end: next + 1 }
    : { value: tens, end: i + 1 };
}

/** A whole number in figures or words, to 9,999 in words: "two thousand and five", "one hundred twenty". */
export function cardinal(t: readonly Token[], i: number): ReadNumber | undefined {
  const token = at(t, i);
  if (token.kind === "num") return token.text.length > 9 ? undefined : grouped(t, i);
  let read = belowHundred(t, i);
  if (!read) return undefined;
  for (const [word, times] of [
    ["hundred", 100],
    ["thousand", 1000],
  ] as const) {
    const next: number = at(t, read.end).text === word ? read.end + 1 : -1;
    if (next < 0) continue;
    const value: number = read.value * times;
    const rest = belowThousand(t, after(t, next, "and") > 0 ? next + 1 : next);
    read = rest && rest.value < times ? { value: value + rest.value, end: rest.end } : { value, end: next };
  }
  return read;
}

/** Figures, in groups of three where there are commas: "1,000". */
function grouped(t: readonly Token[], i: number): ReadNumber {
  const comma = at(t, i + 1);
  const group = at(t, i + 2);
  const isGroup = comma.text === "," && comma.glued && group.glued && group.kind === "num" && group.text.length === 3;
  const { value, text } = at(t, i);
  return isGroup && text.length < 4 ? { value: value * 1000 + group.value, end: i + 3 } : { value, end: i + 1 };
}

function belowThousand(t: readonly Token[], i: number): ReadNumber | undefined {
  const first = belowHundred(t, i);
  if (!first || at(t, first.end).text !== "hundred") return first;
  const next = first.end + 1;
  const rest = belowHundred(t, after(t, next, "and") > 0 ? next + 1 : next);
  return rest ? { value: first.value * 100 + rest.value, end: rest.end } : { value: first.value * 100, end: next };
}

/** "third", "21st", "twenty-first". */
export function ordinal(t: readonly Token[], i: number): ReadNumber | undefined {
  const token = at(t, i);
  if (token.kind === "num") {
    const suffix = at(t, i + 1);
    return suffix.glued && /^(st|nd|rd|th)$/.test(suffix.text) ? { value: token.value, end: i + 2 } : undefined;
  }
  const one = ORDINALS.get(token.text);
  if (one !== undefined) return { value: one, end: i + 1 };
  const tens = TENS.get(token.text);
  const next = dashed(t, i + 1);
  const unit = tens === undefined ? undefined : ORDINALS.get(at(t, next).text);
  return tens !== undefined && unit !== undefined && unit < 10 ? { value: tens + unit, end: next + 1 } : undefined;
}

/** A year, in four figures or as it is said: "2016", "nineteen twenty eight", "two thousand and five", "nineteen zero one". */
export function year(t: readonly Token[], i: number): ReadNumber | undefined {
  const token = at(t, i);
  if (token.kind === "num")
    return token.text.length === 4 && token.value >= 1000 && token.value < 3000 && !isPartOfNumber(t, i)
      ? { value: token.value, end: i + 1 }
      : undefined;
  const whole = cardinal(t, i);
  if (!whole || token.kind !== "word") return undefined;
  if (whole.value >= 1000 && whole.value < 3000) return whole;
  if (whole.value < 15 || whole.value > 22) return whole.value >= 1500 && whole.value < 2200 ? whole : undefined;
  return afterCentury(t, whole);
}

function afterCentury(t: readonly Token[], century: ReadNumber): ReadNumber | undefined {
  const base = century.value * 100;
  if (/^(zero|oh|o)$/.test(at(t, century.end).text)) {
    const unit = ONES.get(at(t, century.end + 1).text);
    return unit !== undefined && unit > 0 && unit < 10 ? { value: base + unit, end: century.end + 2 } : undefined;
  }
  const rest = belowHundred(t, dashed(t, century.end));
  return rest && rest.value >= 10 ? { value: base + rest.value, end: rest.end } : undefined;
}

/** Figures that belong to a longer figure or to an amount: "6,107.31", "$2000". */
export function isPartOfNumber(t: readonly Token[], i: number): boolean {
  const before = at(t, i - 1);
  const next = at(t, i + 1);
  const token = at(t, i);
  if (/^[$€£#@%_]$/.test(before.text)) return true;
  if (token.glued && /^[.,]$/.test(before.text) && before.glued && at(t, i - 2).kind === "num") return true;
  return next.glued && /^[%$€£_]$/.test(next.text);
}
