import { isCapReached, type StandingFacts } from "./standing";

/** Percent of the spending cap or of the trial's minutes, or days before the trial ends. */
export type Alert = { what: "cap" | "trial" | "trial_days"; threshold: number };

const DAY_MS = 86_400_000;
const PERCENTS = [50, 80, 100];

/** Everything that owners are to have been told by now, in the order in which it is reached. */
export function alertsReached(facts: StandingFacts, now: Date): Alert[] {
  if (facts.status === "trialing") return facts.isCollected ? [] : trialAlerts(facts, now);
  const { overage, spendingCap: cap } = facts;
  if (cap === null) return [];
  const isReached = (percent: number) =>
    percent === 100 ? isCapReached(facts) : overage > 0n && overage * 100n >= cap * BigInt(percent);
  return PERCENTS.filter(isReached).map((threshold) => ({ what: "cap", threshold }));
}

function trialAlerts({ used, included, periodEndsAt, isDemo }: StandingFacts, now: Date): Alert[] {
  const msLeft = periodEndsAt.getTime() - now.getTime();
  const percents = PERCENTS.filter((percent) => !isDemo && used * 100 >= included * percent);
  const days = [3, 1, 0].filter((left) => msLeft <= left * DAY_MS);
  return [
    ...percents.map((threshold): Alert => ({ what: "trial", threshold })),
    ...days.map((threshold): Alert => ({ what: "trial_days", threshold })),
  ];
}

/**
 * Which of `fresh` are worth a letter: of each kind the last, and none about the days of a trial whose minutes are used up, which owners know.
 * `reached` is everything, what was told before included.
 */
export function worthALetter(fresh: readonly Alert[], reached: readonly Alert[]): Alert[] {
  const isUsedUp = reached.some(({ what, threshold }) => what === "trial" && threshold === 100);
  return fresh.filter(
    (alert, n) =>
      !(isUsedUp && alert.what === "trial_days") && !fresh.slice(n + 1).some(({ what }) => what === alert.what),
  );
}
