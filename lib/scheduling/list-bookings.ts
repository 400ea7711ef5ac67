import { and, asc, desc, eq, gt, gte, inArray, lt, ne, or } from "drizzle-orm";
import { bookings } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, encodeCursor } from "@/lib/platform/cursor";
import { selectBookings } from "./booking-rows";
import type { Booking, BookingStatus } from "./schemas";

export type BookingsQuery = {
  /** Without a cursor the page begins here. */
  from?: Date | undefined;
  /** Nothing at or after this. */
  to?: Date | undefined;
  staffId?: string | undefined;
  contactId?: string | undefined;
  callId?: string | undefined;
  statuses?: BookingStatus[] | undefined;
  cursor?: string | undefined;
  direction?: "later" | "earlier" | undefined;
  limit?: number | undefined;
};

/** Bookings by start, ascending; holds are none. `laterCursor` and `earlierCursor` are null where there is nothing further. */
export async function listBookings(
  ctx: Context,
  query: BookingsQuery,
): Promise<{ items: Booking[]; laterCursor: string | null; earlierCursor: string | null }> {
  authorise(ctx, "read");
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 500);
  const direction = query.direction ?? "later";
  const place = decodeCursor(query.cursor);
  const filter = and(
    ne(bookings.status, "held"),
    query.staffId ? eq(bookings.staffId, query.staffId) : undefined,
    query.contactId ? eq(bookings.contactId, query.contactId) : undefined,
    query.callId ? eq(bookings.callId, query.callId) : undefined,
    query.statuses?.length ? inArray(bookings.status, query.statuses) : undefined,
    query.to ? lt(bookings.startsAt, query.to) : undefined,
  );
  const after = place
    ? or(gt(bookings.startsAt, place.at), and(eq(bookings.startsAt, place.at), gt(bookings.id, place.id)))
    : query.from && gte(bookings.startsAt, query.from);
  const before = place
    ? or(lt(bookings.startsAt, place.at), and(eq(bookings.startsAt, place.at), lt(bookings.id, place.id)))
    : query.from && lt(bookings.startsAt, query.from);
  return inTenant(ctx, async (tx) => {
    const isForward = direction === "later";
    const rows = await selectBookings(ctx, tx, and(filter, isForward ? after : before))
      .orderBy(
        ...(isForward ? [asc(bookings.startsAt), asc(bookings.id)] : [desc(bookings.startsAt), desc(bookings.id)]),
      )
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const items = isForward ? page : page.reverse();
    const hasMore = rows.length > limit;
    const isStart = isForward && !place;
    const hasEarlier = isForward
      ? !isStart || (before !== undefined && (await selectBookings(ctx, tx, and(filter, before)).limit(1)).length > 0)
      : hasMore;
    const [first, last] = [items[0], items.at(-1)];
    return {
      items,
      laterCursor:
        (isForward ? hasMore : items.length > 0) && last ? encodeCursor({ at: last.startsAt, id: last.id }) : null,
      earlierCursor: hasEarlier
        ? encodeCursor(first ? { at: first.startsAt, id: first.id } : { at: query.from ?? new Date(0), id: "0" })
        : null,
    };
  });
}
