import type { Clock } from "./clock";
import type { MinuteWindow } from "./conventions";
import type { Dates, Env } from "./meaning";
import { oneDay } from "./named-days";
import type { Read } from "./numbers";
import { narrowed, type Part, part } from "./parts";
import { after, at, type Token } from "./tokens";

type OfDay = Read<{ dates?: Dates; part?: Part; clock?: Clock; to?: Clock }>;

/** What is meant of a whole day, in minutes. */
const EDGES: Record<string, MinuteWindow> = {
  early: { fromMinute: 0, toMinute: 720 },
  earlier: { fromMinute: 0, toMinute: 720 },
  mid: { fromMinute: 600, toMinute: 840 },
  middle: { fromMinute: 600, toMinute: 840 },
  late: { fromMinute: 720, toMinute: 1440 },
  later: { fromMinute: 720, toMinute: 1440 },
};

/** "Early tomorrow", "late on Friday", "later in the day", "early tomorrow morning", "the end of Sunday", "end of the day". */
export function edgeOfDay(
  t: readonly Token[],
  i: number,
  env: Env,
  dates: (i: number) => Read<Dates> | undefined,
  hasDay: boolean,
): OfDay | undefined {
  const the = after(t, i, "at|by|towards|toward") > 0 && after(t, i + 1, "the|end|start|beginning") > 0 ? i + 1 : i;
  const start = after(t, the, "the") > 0 ? the + 1 : the;
  const { text } = at(t, start);
  const end = Math.max(after(t, start, "end|close"), after(t, start, "eod|cob"));
  const window = Object.hasOwn(EDGES, text) ? EDGES[text] : undefined;
  const isStart = /^(start|beginning)$/.test(text);
  const rest = restOfDay(t, i, env);
  if (rest) return rest;
  if (!window && !isStart && end < 0) return undefined;
  if (/^(eod|cob)$/.test(text)) return closing(env, dates(end), end, hasDay);
  const of = after(t, start + 1, "of|in|on|-") > 0 ? start + 2 : start + 1;
  if ((isStart || end > 0) && after(t, start + 1, "of") < 0) return undefined;
  if (after(t, start + 1, "-", "day") > 0) return undefined;
  const whose = after(t, of, "the|my") > 0 ? of + 1 : of;
  const theDay = Math.max(after(t, whose, "business|working", "day"), after(t, whose, "day|business"));
  const day = theDay > 0 && of > start + 1 ? undefined : dates(of);
  if (day ? day.unit !== "day" || day.moment !== undefined : theDay < 0 || of === start + 1) return undefined;
  const at_ = day?.end ?? theDay;
  if (end > 0) return closing(env, day ?? dates(at_), at_, hasDay);
  if (isStart) return { ...dated(day), part: opening(env), end: at_ };
  if (!window) return undefined;
  const ofDay = day && part(t, at_, env.conv);
  const which = text.startsWith("early") || text === "earlier" ? "early" : text.startsWith("mid") ? "mid" : "late";
  if (day && ofDay && !ofDay.edge)
    return { dates: day, part: { ...ofDay, window: narrowed(ofDay.name, env.conv, which) }, end: ofDay.end };
  return { ...dated(day), part: { name: "day", window, isPlural: false }, end: at_ };
}

/** "The rest of the day", "the remainder of today": from now on. */
function restOfDay(t: readonly Token[], i: number, { now, conv }: Env): OfDay | undefined {
  const rest = after(t, after(t, i, "the") > 0 ? i + 1 : i, "rest|remainder|remaining");
  const of = rest > 0 && after(t, rest, "of") > 0 ? rest + 1 : rest;
  const end = rest < 0 ? -1 : Math.max(after(t, of, "the|my|this", "day"), after(t, of, "day|today"));
  if (end < 0) return undefined;
  const fixed = (second: number): Clock => ({ second, isFixed: true, isBare: false, grain: "minute" });
  const to = fixed(conv.dayEnd === "last_second" ? 86_399 : 86_400);
  return { dates: { spans: [oneDay(now.day)], unit: "day" }, clock: fixed(now.second), to, end };
}

const dated = (day: Dates | undefined) => (day ? { dates: day } : {});

const opening = ({ conv }: Env): Part => ({
  name: "morning",
  window: { ...conv.parts.morning, toMinute: 600 },
  edge: "opening",
  isPlural: false,
});

function closing({ conv, now }: Env, said: Read<Dates> | undefined, at_: number, hasDay: boolean): OfDay {
  const day = said?.unit === "day" && !hasDay ? said : undefined;
  const end = day?.end ?? at_;
  if (conv.dayEnd === "last_second") {
    const clock = { second: 86_399, isFixed: true, isBare: false, grain: "second" } as const;
    return { ...dated(day ?? (hasDay ? undefined : { spans: [oneDay(now.day)], unit: "day" })), clock, end };
  }
  const window = { fromMinute: 900, toMinute: conv.parts.afternoon.toMinute };
  return { ...dated(day), part: { name: "afternoon", window, edge: "closing", isPlural: false }, end };
}
