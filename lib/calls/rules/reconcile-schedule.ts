const SECOND = 1000;

/** A report follows the end of a call within seconds. */
export const REPORT_LATE_MS = 45 * SECOND;
/** A call that says nothing for this long may have ended without our hearing of it. */
export const SILENCE_MS = 10 * 60 * SECOND;
export const MAX_ATTEMPTS = 12;

/** When to ask the provider about a call; null = not any more. Doubles from one minute to an hour. */
export function nextReconcileAt(
  now: Date,
  state: { isReported: boolean; isEnded: boolean; attempts: number },
): Date | null {
  if (state.isReported || state.attempts >= MAX_ATTEMPTS) return null;
  if (state.attempts > 0) return new Date(now.getTime() + Math.min(60 * 60, 60 * 2 ** (state.attempts - 1)) * SECOND);
  return new Date(now.getTime() + (state.isEnded ? REPORT_LATE_MS : SILENCE_MS));
}
