import type { Read } from "./numbers";
import { after, at, type Token } from "./tokens";

/** On which side of what follows, and whether that itself is part of it ("from 3": yes; "after the 10th": no). */
export type Bound = {
  side: "from" | "until";
  isIncluded: boolean;
  /** The word "from" alone, which may only say of what is spoken. */
  isFrom?: boolean;
};

const table = (side: Bound["side"], isIncluded: boolean, words: string): [string[], Bound][] =>
  words.split(",").map((each) => [each.trim().split(" "), { side, isIncluded }]);

const BEFORE: [string[], Bound][] = [
  ...table(
    "until",
    true,
    "no|not later than,on or before,not after,before or in|on|at,up to,until,till,til,untill,by,ending|finishing by|at|on,ending|finishing,ends by|at|on,< =,as late as,through,at the latest by",
  ),
  ...table("until", false, "before,prior to,earlier than,in advance of,sooner than,<,ahead of"),
  ...table(
    "from",
    true,
    "no|not earlier than,no|not sooner than,no|not before,not until|till,on or after,since,starting from|at|on,starting,> =,as early as,beginning on|at|from,later than or at|on|in,after or on|in|at,as of,beginning",
  ),
  [["from"], { side: "from", isIncluded: true, isFrom: true }],
  ...table("from", false, "after,later than,past,>"),
];
const BEFORE_STARTS = new Set(BEFORE.flatMap(([words]) => (words[0] ?? "").split("|")));

const AFTER: [string[], Bound][] = [
  ...table(
    "from",
    true,
    "or|and later,or|and after,or|and onwards,onwards,onward,or|and beyond,at the earliest,and|or up,and|or greater,and|or above",
  ),
  ...table("until", true, "or|and earlier,or|and before,or sooner,at the latest"),
];

const AFTER_STARTS = new Set(AFTER.flatMap(([words]) => (words[0] ?? "").split("|")));

function longest(t: readonly Token[], i: number, all: [string[], Bound][]): Read<{ bound: Bound }> | undefined {
  let best: Read<{ bound: Bound }> | undefined;
  for (const [words, bound] of all) {
    const end = after(t, i, ...words);
    if (end > 0 && (!best || end > best.end)) best = { bound, end };
  }
  return best;
}

/** "after", "no later than", "any time before". */
export function boundAt(t: readonly Token[], i: number): Read<{ bound: Bound }> | undefined {
  const { text } = at(t, i);
  const start = text === "anytime" || text === "sometime" ? i + 1 : after(t, i, "any|some", "time") > 0 ? i + 2 : i;
  const { kind, glued } = at(t, start);
  if (kind === "sym" && glued && at(t, start - 1).kind !== "num") return undefined;
  if (after(t, start, "beginning", "of|in") > 0) return undefined;
  return BEFORE_STARTS.has(at(t, start).text) ? longest(t, start, BEFORE) : undefined;
}

/** "3 or later", "Tuesday onwards". */
export function boundAfter(t: readonly Token[], i: number): Read<{ bound: Bound }> | undefined {
  if (!AFTER_STARTS.has(at(t, i).text)) return undefined;
  const read = longest(t, i, AFTER);
  return read && (at(t, read.end).kind !== "word" || at(t, i).text !== "and") ? read : undefined;
}
