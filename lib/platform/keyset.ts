import { type Cursor, encodeCursor } from "./cursor";

export type Direction = "older" | "newer";

/** One page of a list ordered newest first, with the places to go on from; null where there is nothing further. */
export type Page<T> = { items: T[]; newerCursor: string | null; olderCursor: string | null };

/**
 * Cuts `limit + 1` rows, read in the direction of travel, to a page in display order (newest first).
 * `fromStart` says that no cursor was given.
 */
export function keysetPage<T>(
  rows: readonly T[],
  input: { limit: number; direction: Direction; fromStart: boolean; place: (row: T) => Cursor },
): Page<T> {
  const { limit, direction, fromStart, place } = input;
  const hasMore = rows.length > limit;
  const travelled = rows.slice(0, limit);
  const items = direction === "newer" ? travelled.reverse() : travelled;
  const first = items[0];
  const last = items.at(-1);
  const hasNewer = direction === "newer" ? hasMore : !fromStart;
  const hasOlder = direction === "newer" ? true : hasMore;
  return {
    items,
    newerCursor: hasNewer && first ? encodeCursor(place(first)) : null,
    olderCursor: hasOlder && last ? encodeCursor(place(last)) : null,
  };
}
