import { dayOf } from "../civil";
import { monthStart, type Span } from "./calendar";
import type { Dates, Env } from "./meaning";
import type { Read } from "./numbers";
import { after, at, type Token } from "./tokens";
import { one } from "./unit-spans";
import { SHIFTS } from "./words";
import { yearAfter, yearly, yearNow } from "./year-words";

const SEASONS: Record<string, [fromMonth: number, months: number]> = {
  spring: [3, 3],
  summer: [6, 3],
  fall: [9, 3],
  autumn: [9, 3],
  winter: [12, 3],
};

/** "this summer", "summer 2016", "next winter": meteorological, three months each. */
export function season(t: readonly Token[], i: number, env: Env): Read<Dates> | undefined {
  const the = after(t, i, "the") > 0 ? i + 1 : i;
  const shift = SHIFTS.get(at(t, the).text);
  const named = shift === undefined ? the : the + 1;
  const { text } = at(t, named);
  const months = Object.hasOwn(SEASONS, text) ? SEASONS[text] : undefined;
  if (!months) return undefined;
  const inYear = (y: number): Span => ({ from: dayOf(y, months[0], 1), to: monthStart(y, months[0], months[1]) });
  const said = yearAfter(t, named + 1, env);
  if (said) return one(inYear(said.value), "season", said.end);
  if (shift === undefined && !/^(in|during|the|by|until|before|after|of|mid|early|late)$/.test(at(t, named - 1).text))
    return undefined;
  const span = inYear(yearNow(env) + (shift ?? 0));
  return shift !== undefined ? one(span, "season", named + 1) : yearly(t, { inYear, end: named + 1 }, env, "season");
}
