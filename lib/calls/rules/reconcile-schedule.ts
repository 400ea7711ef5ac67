const SECOND = 1000;

/** A report follows the end of a call within seconds. */
const REPORT_LATE_MS = 30 * SECOND;
/** A call in which nobody says anything for this long may have ended without our hearing of it. */
export const SILENCE_MS = 90 * SECOND;
export const MAX_ATTEMPTS = 12;

type State = { isReported: boolean; isEnded: boolean; planned: Date | null };

/** When to ask the provider about a call after a message of it; null = not any more. */
export function reconcileAfterMessage(now: Date, { isReported, isEnded, planned }: State): Date | null {
  if (isReported) return null;
  if (isEnded) return new Date(now.getTime() + REPORT_LATE_MS);
  // The column is indexed: it is moved now and then, not with every word that is said.
  const isFresh = planned !== null && planned.getTime() >= now.getTime() + SILENCE_MS / 2;
  return isFresh ? planned : new Date(now.getTime() + SILENCE_MS);
}

/** When to ask again after `attempts` vain ones: half a minute at first, doubling to an hour; null = given up. */
export const reconcileAgain = (now: Date, attempts: number): Date | null =>
  attempts >= MAX_ATTEMPTS
    ? null
    : new Date(now.getTime() + Math.min(3600, 30 * 2 ** Math.max(0, attempts - 1)) * SECOND);
