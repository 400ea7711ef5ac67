/** So long calls are answered as ever while a payment is owed. */
export const GRACE_DAYS = 14;
const DAY_MS = 86_400_000;

export type LimitedBecause =
  | "trial_over"
  | "trial_minutes_used"
  | "payment_failed"
  | "cap_reached"
  | "canceled"
  | "paused"
  | "incomplete";

/**
 * Whether callers are served in full. `until` is when that changes by itself: the end of the trial, of the grace, of what was cancelled, or of
 * the period whose limit was reached.
 */
export type Standing =
  | { state: "trial"; until: Date }
  | { state: "active"; until: Date | null }
  | { state: "grace"; until: Date }
  | { state: "limited"; because: LimitedBecause; until: Date | null };

export type StandingFacts = {
  status: "trialing" | "active" | "past_due" | "unpaid" | "paused" | "incomplete" | "incomplete_expired" | "canceled";
  /** The engine that collects has the subscription; a trial of ours it has not. */
  isCollected: boolean;
  /** It is there to be tried, by as many calls as anybody likes: its trial ends with time alone. */
  isDemo: boolean;
  periodStartsAt: Date;
  periodEndsAt: Date;
  cancelAt: Date | null;
  pastDueSince: Date | null;
  /** Of the minutes that count in the period, and what they cost beyond the plan, in the currency's minor unit. */
  used: number;
  included: number;
  overage: bigint;
  spendingCap: bigint | null;
};

/** How an organisation stands with its subscription. Calls are answered in trial, active and grace; in limited a message is taken. */
export function standingOf(facts: StandingFacts, now: Date): Standing {
  const { status, isCollected, periodEndsAt, cancelAt } = facts;
  const limited = (because: LimitedBecause, until: Date | null = null): Standing => ({
    state: "limited",
    because,
    until,
  });
  if (status === "trialing" && !isCollected) {
    if (now >= periodEndsAt) return limited("trial_over");
    const isUsedUp = !facts.isDemo && facts.used >= facts.included;
    return isUsedUp ? limited("trial_minutes_used") : { state: "trial", until: periodEndsAt };
  }
  if (status === "canceled" || status === "incomplete_expired" || (cancelAt && now >= cancelAt))
    return limited("canceled");
  if (status === "unpaid") return limited("payment_failed");
  if (status === "paused" || status === "incomplete") return limited(status);
  const until = graceEnds(facts);
  if (status === "past_due" && now >= until) return limited("payment_failed");
  if (isCapReached(facts)) return limited("cap_reached", now < periodEndsAt ? periodEndsAt : null);
  return status === "past_due" ? { state: "grace", until } : { state: "active", until: cancelAt };
}

type Owed = Pick<StandingFacts, "pastDueSince" | "periodStartsAt">;

/** Until when a payment may be owed. Where nobody can say since when it is, it is as old as the period: grace has an end. */
export const graceEnds = ({ pastDueSince, periodStartsAt }: Owed): Date =>
  new Date((pastDueSince ?? periodStartsAt).getTime() + GRACE_DAYS * DAY_MS);

/** Minutes that the plan includes are never kept back: a limit of nothing is reached with the last of them. */
export const isCapReached = ({ used, included, overage, spendingCap }: StandingFacts): boolean =>
  spendingCap !== null && used >= included && overage >= spendingCap;

type Counted = { periodStartsAt: Date; periodEndsAt: Date; billedFrom: Date | null; minutesFrom: Date | null };

/** Clocks of two servers differ by less. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** The engine has begun the period by a clock that is ahead of ours: a test clock, or the emulator's, with which somebody has skipped days. */
export const isAhead = (periodStartsAt: Date, now: Date): boolean =>
  periodStartsAt.getTime() - now.getTime() > CLOCKS_DIFFER_MS;

/**
 * Since when minutes count against the plan: the period's start, the end of the trial before it, or the last change of plan. Where the next
 * period has begun and nobody has told us yet, its start; where it begins by a clock ahead of ours, the instant at which we were told, kept in
 * `minutesFrom`. A change that lies ahead has not begun anything.
 */
export function countedFrom({ periodStartsAt, periodEndsAt, billedFrom, minutesFrom }: Counted, now: Date): Date {
  if (isAhead(periodStartsAt, now) && minutesFrom && minutesFrom <= now) return minutesFrom;
  const began = now >= periodEndsAt ? periodEndsAt : periodStartsAt;
  const changed = minutesFrom && minutesFrom <= now ? minutesFrom : null;
  return new Date(Math.max(...[began, billedFrom, changed].map((at) => at?.getTime() ?? 0)));
}

/** The time that counts against the plan now; it goes on where its end has passed and nobody has told us of the next one yet. */
export const periodOf = (subscription: Counted, now: Date): { from: Date; to: Date } => ({
  from: countedFrom(subscription, now),
  to: new Date(Math.max(subscription.periodEndsAt.getTime(), now.getTime() + 1)),
});
