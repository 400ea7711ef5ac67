import type { PartOfDay } from "./conventions";
import { at, type Token } from "./tokens";

const numbered = (list: string, from: number) => list.split(" ").map((word, n): [string, number] => [word, n + from]);
const tabled = (list: string): [string, number][] =>
  list.split(/\s+/).flatMap((entry) => {
    const [forms = "", value] = entry.split("=");
    return forms.split("|").map((form): [string, number] => [form, Number(value)]);
  });

export const MONTHS: ReadonlyMap<string, number> = new Map(
  tabled(
    "january|jan=1 february|feb|febr|feburary=2 march|mar=3 april|apr=4 may=5 june|jun=6 july|jul=7 august|aug=8 september|sep|sept=9 october|oct=10 november|nov=11 december|dec=12",
  ),
);

/** After "may" these make a month of it; another word makes it a verb. */
const AFTER_MAY = new Set(
  "to through until till and at for in on of would works please next this the - after before bonus".split(" "),
);

/** The month named at a place; "may" only where no verb follows. */
export function monthAt(t: readonly Token[], i: number): number | undefined {
  const { text } = at(t, i);
  const next = at(t, i + 1);
  if (
    text === "may" &&
    next.kind === "word" &&
    !AFTER_MAY.has(next.text) &&
    !(/^(eighteen|nineteen|twenty)$/.test(next.text) || (next.text === "two" && at(t, i + 2).text === "thousand")) &&
    !/^(first|second|third|.*th)$/.test(next.text)
  )
    return undefined;
  return MONTHS.get(text);
}

export const WEEKDAYS: ReadonlyMap<string, number> = new Map(
  tabled(
    "sunday|sun=0 monday|mon=1 tuesday|tue|tues=2 wednesday|wed|weds|wednes=3 thursday|thu|thur|thurs=4 friday|fri=5 saturday|sat=6",
  ),
);

/** "Mondays", "on Tuesdays". */
export const EVERY_WEEKDAY: ReadonlyMap<string, number> = new Map(
  tabled("sundays=0 mondays=1 tuesdays=2 wednesdays=3 thursdays=4 fridays=5 saturdays=6"),
);

export const ONES: ReadonlyMap<string, number> = new Map(
  numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    0,
  ),
);
export const TENS: ReadonlyMap<string, number> = new Map(
  tabled("twenty=20 thirty=30 forty|fourty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90"),
);
export const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    1,
  ),
  ["thirtieth", 30],
]);

export type Unit =
  | "second"
  | "minute"
  | "hour"
  | "day"
  | "workday"
  | "weekend"
  | "week"
  | "fortnight"
  | "month"
  | "quarter"
  | "year"
  | "decade"
  | "century";

export const UNITS: ReadonlyMap<string, Unit> = new Map(
  (
    [
      ["second", "second seconds sec secs"],
      ["minute", "minute minutes min mins"],
      ["hour", "hour hours hr hrs h"],
      ["day", "day days nights"],
      ["workday", "workday workdays weekday weekdays"],
      ["weekend", "weekend weekends"],
      ["week", "week weeks wk wks"],
      ["fortnight", "fortnight fortnights"],
      ["month", "month months mth mths mo"],
      ["quarter", "quarter quarters qtr qtrs"],
      ["year", "year years yr yrs"],
      ["decade", "decade decades"],
      ["century", "century centuries"],
    ] as [Unit, string][]
  ).flatMap(([unit, forms]) => forms.split(" ").map((form): [string, Unit] => [form, unit])),
);

/** Which one, counted from the present one: "next" 1, "last" -1. */
export const SHIFTS: ReadonlyMap<string, number> = new Map(
  tabled("this|current|same=0 next|coming|upcoming|following=1 last|past|previous|prev|preceding=-1"),
);

export const PARTS: ReadonlyMap<string, PartOfDay> = new Map(
  (
    [
      ["morning", "morning mornings breakfast breakfasttime"],
      ["lunch", "lunch lunchtime brunch"],
      ["afternoon", "afternoon afternoons arvo"],
      ["evening", "evening evenings dinner dinnertime supper suppertime"],
      ["night", "night nights nighttime overnight"],
      ["day", "daytime"],
    ] as [PartOfDay, string][]
  ).flatMap(([part, forms]) => forms.split(" ").map((form): [string, PartOfDay] => [form, part])),
);

const BEGINNINGS =
  `today todays tomorrow tomorow tommorow tommorrow tomorrows tmrw tmr tmw yesterday yesterdays the a an day week weekend month year
 years calendar in on at by for from between all rest remainder half quarter couple pair few several another noon midday noontime mid midnight
 any some anytime sometime every each once twice tonight tonite first last now right asap as immediately straight within w q h business working work
 workweek same that close end eod cob not no up prior starting beginning before after since until till til untill past during through ahead sooner later
 earlier early late middle start eom eoy eow bom boy spring summer fall autumn winter noughties twenties thirties forties fifties sixties seventies
 eighties nineties daily everyday annual weekly biweekly fortnightly monthly bimonthly quarterly yearly annually hourly weekends full whole entire final early next former latter ytd mtd wtd remaining office toward towards ending finishing ends
 of over less fewer more breakfast daytime opening office`.split(/\s+/);

const begun = new Set<string>();

/** Whether anything that says when can begin with a word; others cost one look. */
export function begins(t: readonly Token[], i: number): boolean {
  if (begun.size === 0)
    for (const all of [
      BEGINNINGS,
      ...[MONTHS, WEEKDAYS, EVERY_WEEKDAY, ONES, TENS, ORDINALS, UNITS, SHIFTS, PARTS].map((each) => each.keys()),
    ])
      for (const word of all) begun.add(word);
  const { kind, text } = at(t, i);
  return (
    kind === "num" ||
    begun.has(text) ||
    (kind === "sym" && /^[<>@]$/.test(text)) ||
    holidayBeginnings.has(text) ||
    text.startsWith("mid")
  );
}

/** First words of the holidays' names. */
export const holidayBeginnings = new Set<string>();

export const EARLY = new Set(["early", "earlier", "beginning", "start", "starting"]);
export const MIDDLE = new Set(["mid", "middle"]);
export const LATE = new Set(["late", "later", "end"]);
