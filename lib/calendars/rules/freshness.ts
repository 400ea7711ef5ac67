const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 86_400_000;

/** How often a calendar is read although nothing was heard of it: pushes get lost. */
export const POLL_MS = 5 * MINUTE;
/** For so long after a read what is known counts as current: two polls may fail before it does not. */
export const FRESH_MS = 15 * MINUTE;
/** A first read has so long before its calendar counts as one that cannot be read (system_calendars_stale). */
export const FIRST_READ_MS = MINUTE;
const FULL_READ_EVERY_MS = 7 * DAY;
/** The longest horizon a service may have (constraint services_horizon), what passes until the next full read, and a zone's difference. */
const AHEAD_MS = 730 * DAY + FULL_READ_EVERY_MS + 2 * DAY;

/** What is read of a calendar: a little behind us for what began already, and as far ahead as anything can be booked. */
export const windowAt = (nowMs: number) => ({ fromMs: nowMs - 2 * DAY, toMs: nowMs + AHEAD_MS });

/** A token belongs to its window: once a week everything is read anew, and the window moves on. */
export const needsFullRead = (fullSyncAtMs: number | undefined, nowMs: number): boolean =>
  fullSyncAtMs === undefined || nowMs - fullSyncAtMs >= FULL_READ_EVERY_MS;

/** How long to wait after the nth failure in a row (from 1): 15 s, 30 s, 1 min, then 2 min; longer where the vendor says so, to an hour. */
export function pauseAfter(failures: number, retryAfterSeconds?: number): number {
  const own = Math.min(15 * SECOND * 2 ** (failures - 1), 2 * MINUTE);
  return Math.max(own, Math.min((retryAfterSeconds ?? 0) * SECOND, 60 * MINUTE));
}

export type Freshness = "current" | "waiting" | "partial" | "stale" | "revoked";

/** How far a calendar may be relied on. `waiting`: connected a moment ago and not read yet. `partial`: something in it cannot be read. */
export function freshnessOf(
  calendar: {
    freshUntil: Date | null;
    syncedAt: Date | null;
    createdAt: Date;
    failure: string | null;
    hasUnread: boolean;
  },
  account: { revokedAt: Date | null },
  now: Date,
): Freshness {
  if (account.revokedAt) return "revoked";
  if (calendar.freshUntil && calendar.freshUntil >= now) return "current";
  const isRead = calendar.syncedAt && now.getTime() - calendar.syncedAt.getTime() <= FRESH_MS;
  if (calendar.hasUnread && isRead) return "partial";
  const isNew = !calendar.syncedAt && !calendar.failure && now.getTime() - calendar.createdAt.getTime() < FIRST_READ_MS;
  return isNew ? "waiting" : "stale";
}
