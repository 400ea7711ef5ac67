import { ok, type Result, refuse } from "../../../platform/result";
import { type LocalTime, parseLocalTime } from "./local-time";

export const FREQUENCIES = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** A weekday (0 = Sunday), or the nth of them in its month or year, counted from the end where negative; 0 = every one. */
export type RuleDay = { weekday: number; nth: number };

/** A recurrence rule of RFC 5545 §3.3.10. An empty list means the part is not in the rule. */
export type Rule = {
  frequency: Frequency;
  interval: number;
  count?: number;
  until?: LocalTime;
  months: number[];
  weeks: number[];
  yearDays: number[];
  monthDays: number[];
  days: RuleDay[];
  hours: number[];
  minutes: number[];
  seconds: number[];
  positions: number[];
  /** The day a week begins with, 0 = Sunday. */
  weekStart: number;
};

export type RuleRefusal = "not_a_rule" | "unsupported_rule";

const LONGEST_TEXT = 4000;
const MOST = 1_000_000_000;
const DAY_NAMES = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

const LISTS = {
  BYMONTH: { key: "months", low: 1, high: 12, isSigned: false },
  BYWEEKNO: { key: "weeks", low: 1, high: 53, isSigned: true },
  BYYEARDAY: { key: "yearDays", low: 1, high: 366, isSigned: true },
  BYMONTHDAY: { key: "monthDays", low: 1, high: 31, isSigned: true },
  BYHOUR: { key: "hours", low: 0, high: 23, isSigned: false },
  BYMINUTE: { key: "minutes", low: 0, high: 59, isSigned: false },
  /** 60 is a leap second, which no clock of ours has: it is read as the minute's last second. */
  BYSECOND: { key: "seconds", low: 0, high: 60, isSigned: false },
  BYSETPOS: { key: "positions", low: 1, high: 366, isSigned: true },
} as const;

/**
 * Reads `FREQ=WEEKLY;COUNT=6;BYDAY=TU`, with or without `RRULE:` before it. Refused with what is wrong as the detail: `not_a_rule` for
 * text the grammar does not allow, `unsupported_rule` for other calendars (RSCALE), SKIP and parts nobody has standardised.
 */
export function parseRule(text: string): Result<Rule, RuleRefusal, string> {
  if (text.length > LONGEST_TEXT) return refuse("not_a_rule", "the rule is too long");
  const parts = new Map<string, string>();
  for (const part of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .split(";")) {
    if (part === "") continue;
    const [name = "", value = "", ...rest] = part.split("=").map((piece) => piece.trim());
    if (name === "" || value === "" || rest.length > 0) return refuse("not_a_rule", `${part} is not name=value`);
    if (parts.has(name)) return refuse("not_a_rule", `${name} stands twice`);
    parts.set(name, value);
  }
  const frequency = FREQUENCIES.find((name) => name === parts.get("FREQ"));
  if (!frequency) return refuse("not_a_rule", parts.has("FREQ") ? `FREQ=${parts.get("FREQ")}` : "FREQ is missing");
  const rule: Rule = {
    frequency,
    interval: 1,
    months: [],
    weeks: [],
    yearDays: [],
    monthDays: [],
    days: [],
    hours: [],
    minutes: [],
    seconds: [],
    positions: [],
    weekStart: 1,
  };
  for (const [name, value] of parts) {
    const wrong = readPart(rule, name, value);
    if (wrong === "unsupported") return refuse("unsupported_rule", `${name}=${value}`);
    if (wrong === "invalid") return refuse("not_a_rule", `${name}=${value}`);
  }
  return ok(rule);
}

type Wrong = "invalid" | "unsupported" | undefined;

function readPart(rule: Rule, name: string, value: string): Wrong {
  if (name in LISTS) return readList(rule, LISTS[name as keyof typeof LISTS], value);
  switch (name) {
    case "FREQ":
      return undefined;
    case "INTERVAL":
    case "COUNT": {
      const number = wholeNumber(value);
      if (number === undefined || number < 1 || number > MOST) return "invalid";
      if (name === "COUNT") rule.count = number;
      else rule.interval = number;
      return undefined;
    }
    case "UNTIL": {
      const until = parseLocalTime(value);
      if (!until) return "invalid";
      rule.until = until;
      return undefined;
    }
    case "BYDAY":
      return readDays(rule, value);
    case "WKST":
      rule.weekStart = DAY_NAMES.indexOf(value);
      return rule.weekStart < 0 ? "invalid" : undefined;
    case "RSCALE":
      return value === "GREGORIAN" ? undefined : "unsupported";
    case "SKIP":
      return value === "OMIT" ? undefined : "unsupported";
    default:
      return "unsupported";
  }
}

function readList(rule: Rule, list: (typeof LISTS)[keyof typeof LISTS], value: string): Wrong {
  const numbers = value.split(",").map((item) => wholeNumber(item));
  const isRight = numbers.every((number) => {
    if (number === undefined || (number < 0 && !list.isSigned)) return false;
    const size = Math.abs(number);
    return size >= list.low && size <= list.high;
  });
  if (!isRight) return "invalid";
  const known = numbers as number[];
  rule[list.key] = [...new Set(list.key === "seconds" ? known.map((second) => Math.min(second, 59)) : known)];
  return undefined;
}

function readDays(rule: Rule, value: string): Wrong {
  for (const item of value.split(",")) {
    const match = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(item.trim());
    if (!match) return "invalid";
    const nth = match[1] === undefined ? 0 : Number(match[1]);
    if (match[1] !== undefined && (nth === 0 || Math.abs(nth) > 53)) return "invalid";
    rule.days.push({ weekday: DAY_NAMES.indexOf(match[2] ?? ""), nth });
  }
  return undefined;
}

function wholeNumber(text: string): number | undefined {
  return /^[+-]?\d{1,10}$/.test(text.trim()) ? Number(text) : undefined;
}
