import { isoLocalTime, type LocalMs, parseLocalTime } from "../../lib/scheduling/rules/recurrence/local-time";
import { parseRule, type Rule } from "../../lib/scheduling/rules/recurrence/rule";
import { type Series, seriesTimes } from "../../lib/scheduling/rules/recurrence/series";
import { instantOfLocal, offsetAt, type Zone, zoneOf } from "../../lib/scheduling/rules/zone";
import { type Evaluate, type Judged, scoreOf } from "../score";

type Row = {
  id: string;
  rrule?: string;
  dtstart?: string;
  ical?: string;
  expected: string[];
  prefix_only?: boolean;
  dateutil_2_9_agrees?: boolean | null;
};

/**
 * The instances of each rule, exactly and in order; a few more than expected are looked for, so that too many are seen. Rows on which
 * libraries disagree (the README's contested ones) are left out. A list cut short by the source is compared as far as it goes.
 */
export const evaluate: Evaluate = async (rows) =>
  scoreOf((rows as Row[]).filter((row) => row.dateutil_2_9_agrees === true).map(judge));

function judge(row: Row): Judged {
  const { id, expected } = row;
  const lines = row.ical?.split("\n") ?? [`DTSTART:${row.dtstart}`, `RRULE:${row.rrule}`];
  const series = readSeries(lines);
  if (!series) return { id, expected, got: undefined, isCovered: false, isCorrect: false };
  const isEndless = series.rules.some((rule) => rule.count === undefined && rule.until === undefined);
  const most = row.prefix_only || isEndless ? expected.length : expected.length + 3;
  const found: LocalMs[] = [];
  for (const at of seriesTimes(series)) {
    if (found.length === most) break;
    found.push(at);
  }
  const { zone } = series.start;
  const got = found.map((at) => (zone ? isoWithOffset(zone, at) : isoLocalTime(at)));
  const isCorrect = JSON.stringify(got) === JSON.stringify(expected.map(normalised));
  return { id, expected, got, isCovered: true, isCorrect };
}

/** DTSTART, RRULE, EXRULE, RDATE and EXDATE lines; undefined where the product refuses one. */
function readSeries(lines: readonly string[]): Series | undefined {
  const rules: Rule[] = [];
  const exceptRules: Rule[] = [];
  const extra: LocalMs[] = [];
  const except = new Set<LocalMs>();
  let start: Series["start"] | undefined;
  for (const line of lines) {
    const [, name = "", parameters = "", value = ""] = /^([A-Z]+)((?:;[^:]*)?):(.*)$/.exec(line.trim()) ?? [];
    if (name === "RRULE" || name === "EXRULE") {
      const rule = parseRule(value);
      if (!rule.ok) return undefined;
      (name === "RRULE" ? rules : exceptRules).push(rule.value);
      continue;
    }
    const times = value.split(",").map(parseLocalTime);
    if (name === "DTSTART") {
      const zone = /TZID=([^;]+)/.exec(parameters)?.[1];
      const [first] = times;
      if (first) start = { ms: first.ms, isDate: first.kind === "date", ...(zone ? { zone: zoneOf(zone) } : {}) };
    }
    for (const time of times) {
      if (!time) return undefined;
      if (name === "RDATE") extra.push(time.ms);
      if (name === "EXDATE") except.add(time.ms);
    }
  }
  return start && { start, rules, exceptRules, extra, except };
}

/** 2026-11-24T09:00:00-05:00, as the rows with a zone are written. */
function isoWithOffset(zone: Zone, at: LocalMs): string {
  const instant = instantOfLocal(zone, at);
  const minutes = Math.round(offsetAt(zone, instant) / 60_000);
  const two = (n: number) => String(n).padStart(2, "0");
  const size = Math.abs(minutes);
  const offset = `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return isoLocalTime(instant + minutes * 60_000) + offset;
}

/** Dates and times of the rows in one form; those with an offset are in it already. */
function normalised(text: string): string {
  const time = parseLocalTime(text);
  return time ? isoLocalTime(time.ms) : text;
}
