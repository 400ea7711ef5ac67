import { and, asc, eq, gt, gte, sql } from "drizzle-orm";
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
  const anchor = scope !== "one" && isLocked ? await lockedAnchor(ctx, bookingId) : await getBooking(ctx, bookingId);
  const isOne = scope === "one" || anchor.seriesId === null;
  const ofSeries = and(
    eq(bookings.seriesId, anchor.seriesId ?? ""),
    eq(bookings.status, "confirmed"),
    gt(bookings.startsAt, ctx.clock.now()),
    scope === "following"
      ? gte(bookings.seriesOn, sql`(select series_on from bookings where org_id = ${ctx.orgId} and id = ${bookingId})`)
      : undefined,
  );
  const rows = isOne
    ? [anchor]
    : await selectBookings(ctx, ctx.tx, ofSeries).orderBy(asc(bookings.startsAt), asc(bookings.id));
  const ids = rows.map((row) => row.id);
  const termsOf = await loadTermsOf(ctx, ctx.tx, ids, change, { isLocked });
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
