import type { Explained } from "@/lib/scheduling";

/** Times that follow one another and that the same rule decides in the same way. */
export type Run = { key: number; verdict: Verdict; rule: string; say: string; times: Explained[] };

export type Verdict = "offered" | "bookable" | "refused";

const verdictOf = (time: Explained): Verdict => (time.isOffered ? "offered" : time.isBookable ? "bookable" : "refused");

/** What tells two decisions apart: the rule with its facts, or who would do it. */
const decisionOf = (time: Explained): string =>
  JSON.stringify([verdictOf(time), time.why, time.who?.id, time.who?.by, time.staff.map((person) => person.why)]);

/** The times of a day in their order, in runs that have one explanation. */
export function groupTimes(times: readonly Explained[]): Run[] {
  const runs: (Run & { decision: string })[] = [];
  for (const time of times) {
    const decision = decisionOf(time);
    const last = runs.at(-1);
    if (last?.decision === decision) last.times.push(time);
    else
      runs.push({
        key: time.startMs,
        verdict: verdictOf(time),
        rule: time.why?.rule ?? "offered",
        say: time.say,
        times: [time],
        decision,
      });
  }
  return runs.map(({ decision: _, ...run }) => run);
}
