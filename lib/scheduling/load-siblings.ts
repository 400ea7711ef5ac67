import { and, asc, eq, gt, gte, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { bookings } from "@/db/schema";
import type { Context } from "@/lib/platform/context";
import { selectBookings } from "./booking-rows";
import { getBooking } from "./get-booking";
import { loadTermsOf } from "./load-terms";
import { sayMoney } from "./rules/say-money";
import type { Booking, ChangeTerms, SeriesScope } from "./schemas";

/** With what the change costs it. Locked, its row stays as it is until that is written. */
export type Sibling = Booking & { terms: ChangeTerms };

/**
 * The bookings a change of one of a series means, by start: confirmed, not begun, and (`following`) standing for its own date or a later one.
 * A booking of no series is its only one. Each with what the change costs it; `together` adds up. Throws `not_found`.
 */
export async function loadSiblings(
  ctx: Context & { tx: Tx },
  bookingId: string,
  scope: SeriesScope,
  change: "cancel" | "move",
  { isLocked }: { isLocked: boolean } = { isLocked: true },
): Promise<{ anchor: Booking; siblings: Sibling[]; together: ChangeTerms }> {
  const found = scope !== "one" && isLocked ? await lockedAnchor(ctx, bookingId) : await getBooking(ctx, bookingId);
  const isOne = scope === "one" || found.seriesId === null;
  const ofSeries = and(
    eq(bookings.seriesId, found.seriesId ?? ""),
    eq(bookings.status, "confirmed"),
    gt(bookings.startsAt, ctx.clock.now()),
    scope === "following"
      ? gte(bookings.seriesOn, sql`(select series_on from bookings where org_id = ${ctx.orgId} and id = ${bookingId})`)
      : undefined,
  );
  const read = (where: SQL | undefined) =>
    selectBookings(ctx, ctx.tx, where).orderBy(asc(bookings.startsAt), asc(bookings.id));
  const before = isOne ? [found] : await read(ofSeries);
  const ids = before.map((row) => row.id);
  const termsOf = await loadTermsOf(ctx, ctx.tx, ids, change, { isLocked });
  // One of them may have been moved while its lock was waited for: from here on they stay where they are read.
  const rows = isLocked ? await read(inArray(bookings.id, ids)) : before;
  const anchor = rows.find((row) => row.id === bookingId) ?? found;
  const siblings = rows.flatMap((row): Sibling[] => {
    const loaded = termsOf.get(row.id);
    // Somebody else may have changed it while its lock was waited for.
    if (loaded?.status !== "confirmed") return [];
    const { status: _, ...terms } = loaded;
    return [{ ...row, terms }];
  });
  return { anchor, siblings, together: addUp(siblings) };
}

/** Whoever changes several bookings of one series does so alone: meanwhile it may be split, and then the lock is taken on the part. */
async function lockedAnchor(ctx: Context & { tx: Tx }, bookingId: string): Promise<Booking> {
  for (let locked: string | null = null; ; ) {
    const anchor = await getBooking(ctx, bookingId);
    if (anchor.seriesId === locked) return anchor;
    locked = anchor.seriesId;
    await ctx.tx.execute(
      sql`select from booking_series where org_id = ${ctx.orgId} and id = ${locked} for no key update`,
    );
  }
}

function addUp(siblings: readonly Sibling[]): ChangeTerms {
  const [first] = siblings;
  const currency = first?.terms.currency ?? "USD";
  const feeCents = siblings.reduce((sum, { terms }) => sum + terms.feeCents, 0);
  return {
    isAllowed: siblings.every(({ terms }) => terms.isAllowed),
    feeCents,
    fee: sayMoney(feeCents, currency),
    currency,
    freeUntilMs: first?.terms.freeUntilMs ?? null,
    withinMinutes: first?.terms.withinMinutes ?? null,
  };
}
