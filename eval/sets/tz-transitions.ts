import { isoLocalTime, parseLocalTime } from "../../lib/scheduling/rules/recurrence/local-time";
import { instantOfLocal, instantsAt, offsetAt, zoneOf } from "../../lib/scheduling/rules/zone";
import { type Evaluate, type Judged, scoreOf } from "../score";

type Instant = { id: string; zone: string; utc: string; local: string; offset_minutes_west: number };
type WallClock = {
  id: string;
  zone: string;
  kind: "gap" | "fold";
  local: string;
  gap_to_exclusive?: string;
  utc_instants: string[];
};

/** Where laws have changed since the set's gold was written: rows of these zones from that day on describe clocks nobody will see. */
const OVERTAKEN = [
  // Morocco keeps UTC+0 all year since 20 September 2026 (tz release 2026c, in the runtime).
  { zone: "Africa/Casablanca", from: "2026-09-20" },
  { zone: "Africa/El_Aaiun", from: "2026-09-20" },
];

/**
 * Both files of the set. Rows overtaken by a newer law are left out, and said to be. Instants: the wall clock and offset of each, and the instants that this wall clock may mean, among them this one.
 * Gaps and folds: the instants a local time may mean (none, or both), and the one we book: in a gap the time moved forward by it (never
 * before the clocks have changed), in a fold the first.
 */
export const evaluate: Evaluate = async (rows) => {
  const all = rows as (Instant | WallClock)[];
  const current = all.filter(
    (row) => !OVERTAKEN.some(({ zone, from }) => row.zone === zone && row.local.slice(0, 10) >= from),
  );
  const left = all.length - current.length;
  if (left > 0)
    console.error(`${left} rows left out: newer law than the gold's (${OVERTAKEN.map(({ zone }) => zone)})`);
  return scoreOf(current.map((row) => ("kind" in row ? judgeWallClock(row) : judgeInstant(row))));
};

function judgeInstant({ id, zone: name, utc, local, offset_minutes_west }: Instant): Judged {
  const zone = zoneOf(name);
  const at = msOf(utc);
  const offsetMs = offsetAt(zone, at);
  const got = { local: isoLocalTime(at + offsetMs), offset_minutes_west: -offsetMs / 60_000 || 0 };
  const isBack = instantsAt(zone, msOf(local)).includes(at);
  const isCorrect = got.local === local && Math.abs(got.offset_minutes_west - offset_minutes_west) < 0.01 && isBack;
  return { id, expected: { local, offset_minutes_west }, got: { ...got, isBack }, isCovered: true, isCorrect };
}

function judgeWallClock({ id, zone: name, kind, local, gap_to_exclusive, utc_instants }: WallClock): Judged {
  const zone = zoneOf(name);
  const instants = instantsAt(zone, msOf(local));
  const booked = instantOfLocal(zone, msOf(local));
  const bookedLocal = isoLocalTime(booked + offsetAt(zone, booked));
  const isRight = kind === "fold" ? booked === msOf(utc_instants[0] ?? "") : bookedLocal >= (gap_to_exclusive ?? "");
  const got = { instants: instants.map((at) => `${isoLocalTime(at)}Z`), bookedLocal };
  const isCorrect = isRight && JSON.stringify(got.instants) === JSON.stringify(utc_instants);
  return { id, expected: utc_instants, got, isCovered: true, isCorrect };
}

const msOf = (text: string) => parseLocalTime(text)?.ms ?? Number.NaN;
