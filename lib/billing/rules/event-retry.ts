const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** After so many attempts that failed: 10 s at first, then longer, for three days in all. */
const pauses = [10_000, 30_000, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR];
const TRY_FOR = 72 * HOUR;
/** Checkout is stored within seconds; what is not known after a day is nobody's here. */
const LOOK_FOR = 24 * HOUR;

/** When to try again; undefined: not any more. `attempts` counts the one that has just failed. */
export function nextAttempt(
  { attempts, receivedAt }: { attempts: number; receivedAt: Date },
  why: "failed" | "unknown_customer",
  now: Date,
): Date | undefined {
  if (now.getTime() - receivedAt.getTime() >= (why === "failed" ? TRY_FOR : LOOK_FOR)) return undefined;
  const pause = pauses[Math.min(attempts, pauses.length) - 1] ?? MINUTE;
  return new Date(now.getTime() + pause);
}
