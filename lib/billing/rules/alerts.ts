import { GRACE_DAYS, graceEnds, isCapReached, type StandingFacts } from "./standing";

/**
 * Percent of the spending cap or of the trial's minutes, days before the trial ends, or days that a payment has been owed: 0, and those after
 * which callers can only leave a message.
 */
export type Alert = { what: "cap" | "trial" | "trial_days" | "payment"; threshold: number };

const DAY_MS = 86_400_000;
/** Of a limit, at which owners get a letter. */
export const ALERT_PERCENTS = [50, 80, 100];

/** Everything that owners are to have been told by now, in the order in which it is reached. */
export function alertsReached(facts: StandingFacts, now: Date): Alert[] {
  if (facts.status === "trialing") return facts.isCollected ? [] : trialAlerts(facts, now);
  return [...paymentAlerts(facts, now), ...capAlerts(facts)];
}

function paymentAlerts(facts: StandingFacts, now: Date): Alert[] {
  const { status } = facts;
  if (status !== "past_due" && status !== "unpaid") return [];
  const isLimited = status === "unpaid" || now >= graceEnds(facts);
  return [0, ...(isLimited ? [GRACE_DAYS] : [])].map((threshold) => ({ what: "payment", threshold }));
}

function capAlerts(facts: StandingFacts): Alert[] {
  const { overage, spendingCap: cap } = facts;
  if (cap === null) return [];
  const isReached = (percent: number) =>
    percent === 100 ? isCapReached(facts) : overage > 0n && overage * 100n >= cap * BigInt(percent);
  return ALERT_PERCENTS.filter(isReached).map((threshold) => ({ what: "cap", threshold }));
}

function trialAlerts({ used, included, periodEndsAt, isDemo }: StandingFacts, now: Date): Alert[] {
  const msLeft = periodEndsAt.getTime() - now.getTime();
  const percents = ALERT_PERCENTS.filter((percent) => !isDemo && used * 100 >= included * percent);
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
