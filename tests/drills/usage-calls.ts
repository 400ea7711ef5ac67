type Facts = { seconds: number | null; reason: string };

/** A made-up call: what is told of its end at first, what the report says (null: none comes), and what it has to count for. */
export type MadeCall = {
  id: string;
  org: number;
  kind: "phone" | "test";
  answeredAt: Date;
  first: Facts;
  report: (Facts & { costMicros: number }) | null;
  /** Seconds after pick-up of the last thing heard of a call that got stuck. */
  lastHeard: number | null;
  minutes: number;
  costMicros: number;
};

const START = Date.UTC(2026, 0, 1);
const YEAR_DAYS = 365;

/** Counted on other ground than the rule: sixty seconds at a time. */
function minutesOf(seconds: number): number {
  let minutes = 0;
  for (let left = seconds; left > 0; left -= 60) minutes++;
  return minutes;
}

/** Calls of `orgs` organisations, the first of which have many and the last few; the same for the same seed. */
export function madeCalls(count: number, orgs: number, random: () => number, days = YEAR_DAYS): MadeCall[] {
  return Array.from({ length: count }, (_, n) => {
    const seconds = 6 + Math.floor(random() * 900);
    const cost = 1000 + Math.floor(random() * 200_000);
    const base = {
      id: `call_drill${String(n).padStart(8, "0")}`,
      org: Math.floor(random() ** 2 * orgs),
      kind: "phone" as const,
      answeredAt: new Date(START + Math.floor(random() * days * 1440) * 60_000 + Math.floor(random() * 60_000)),
      lastHeard: null,
    };
    const first = { seconds, reason: "customer-ended-call" };
    const report = { ...first, costMicros: cost };
    const charged = { minutes: minutesOf(seconds), costMicros: cost };
    const free = { minutes: 0, costMicros: cost };
    const dice = random();
    if (dice < 0.5) return { ...base, first, report, ...charged };
    if (dice < 0.65) {
      const wrong = { ...first, seconds: Math.max(0, seconds + Math.floor(random() * 120) - 60) };
      return { ...base, first: wrong, report, ...charged };
    }
    if (dice < 0.72)
      return { ...base, first, report: { ...report, reason: "pipeline-error-openai-llm-failed" }, ...free };
    if (dice < 0.79) return { ...base, kind: "test", first, report, ...free };
    if (dice < 0.86) {
      const short = { ...first, seconds: Math.floor(random() * 6) };
      return { ...base, first: short, report: { ...short, costMicros: cost }, ...free };
    }
    if (dice < 0.93) return { ...base, first, report: null, minutes: charged.minutes, costMicros: 0 };
    const stuck = { seconds: seconds + 7200, reason: "unknown" };
    return { ...base, first: stuck, report: null, lastHeard: seconds, minutes: charged.minutes, costMicros: 0 };
  });
}

export const seeded = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};
