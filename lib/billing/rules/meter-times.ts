const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Stripe takes events of the last 35 days; an hour is left for the way. */
const MOST_AGE_MS = 35 * 24 * HOUR_MS - HOUR_MS;
/** Stripe recognises an identifier for at least a day. */
const RECOGNISED_MS = 23 * HOUR_MS;
/** A renewal's invoice is a draft for an hour and takes late usage; what is sent in its last minutes might miss it. */
const DRAFT_MS = 50 * MINUTE_MS;
/** A call that ended is usually reported within seconds: until then its minutes are likely to change. */
export const UNREPORTED_WAIT_MS = MINUTE_MS;

export const isTooOld = (at: Date, now: Date): boolean => now.getTime() - at.getTime() > MOST_AGE_MS;

/** Whether the engine would recognise an event that was first sent then. */
export const isRecognised = (firstSentAt: Date, now: Date): boolean =>
  now.getTime() - firstSentAt.getTime() < RECOGNISED_MS;

type Period = { startsAt: Date; endsAt: Date };

/**
 * When the period of `at` is over: the one known, the one before it, or, where renewals have not been heard of, the one after it that has `at`.
 * Periods end on the day of the month that their subscription is anchored to, or on the last of a month that lacks it: 31 January, 28 February,
 * 31 March (https://docs.stripe.com/billing/subscriptions/billing-cycle).
 */
export function closesAt(at: Date, { startsAt, endsAt }: Period): Date {
  if (at < startsAt) return startsAt;
  const [from, to] = [startsAt.getUTCDate(), endsAt.getUTCDate()];
  const day = to === lastDayOf(monthOf(endsAt)) ? Math.max(from, to) : to;
  const months = Math.max(1, monthOf(endsAt) - monthOf(startsAt));
  const closes = new Date(endsAt);
  for (let month = monthOf(endsAt) + months; closes <= at; month += months)
    closes.setUTCFullYear(Math.floor(month / 12), month % 12, Math.min(day, lastDayOf(month)));
  return closes;
}

const monthOf = (at: Date): number => at.getUTCFullYear() * 12 + at.getUTCMonth();

const lastDayOf = (month: number): number =>
  new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0)).getUTCDate();

/**
 * Whether the invoice of the period in which something ended takes nothing more: by when its draft was made, and by the clock alone where nobody
 * has heard of a draft. An engine that was away over a period's end makes it late.
 */
export const isPeriodClosed = (at: Date, period: Period, now: Date, draftedAt: Date | null): boolean =>
  (draftedAt ?? closesAt(at, period)).getTime() <= now.getTime() - DRAFT_MS;

/** Milliseconds to the next try: twice as long each time up to an hour, spread so that not all come back at once. `random` is in [0, 1). */
export function pauseAfter(attempts: number, retryAfterSeconds: number | undefined, random: number): number {
  const pause = Math.min(HOUR_MS, 5000 * 2 ** Math.min(attempts, 12));
  return Math.max((retryAfterSeconds ?? 0) * 1000, pause / 2 + pause * random);
}
