import { dayOf } from "@/lib/scheduling/rules/civil";
import type { Span } from "@/lib/scheduling/rules/hours";

/** A question to a slot engine: a team with the same office hours in one zone, each with appointments of their own. */
export type SlotCase = {
  name: string;
  zone: string;
  fromDay: number;
  days: number;
  /** Monday to Friday. */
  span: Span;
  minutes: number;
  /** By person: [start, end] in epoch milliseconds, sorted; some overlap. */
  busy: [number, number][][];
};

const HALF_HOUR = 1_800_000;
const ZONE = "America/New_York";

/** The days hold the clock change of 14 March 2027. */
export function slotCase(name: string, people: number, appointments: number): SlotCase {
  const random = seeded(people * 1000 + appointments);
  const fromDay = dayOf(2027, 3, 1);
  const days = 30;
  const startMs = fromDay * 86_400_000;
  const busy = Array.from({ length: people }, () =>
    Array.from({ length: appointments }, (): [number, number] => {
      const start = startMs + Math.floor(random() * days * 48) * HALF_HOUR + (random() < 0.3 ? 600_000 : 0);
      return [start, start + (1 + Math.floor(random() * 4)) * 900_000];
    }).sort((a, b) => a[0] - b[0]),
  );
  return { name, zone: ZONE, fromDay, days, span: { startMinute: 540, endMinute: 1020 }, minutes: 30, busy };
}

/** The same numbers every time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What an engine answers: every start with who is free, as indices of people; without them where it does not say. */
export type Answer = { startMs: number; free: number[] | undefined }[];
export type Engine = (asked: SlotCase) => () => Answer;
