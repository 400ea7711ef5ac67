const DAY_MS = 86_400_000;
/** How long after its appointment a link still shows it. */
const SHOWN_AFTER_DAYS = 7;

/** A link lives as long as its appointment matters: moved further ahead, the appointment takes the link along. */
export const hasExpired = (endsAt: Date, now: Date): boolean =>
  now.getTime() >= endsAt.getTime() + SHOWN_AFTER_DAYS * DAY_MS;
