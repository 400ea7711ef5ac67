import { invalid, missing } from "../errors";
import type { Kept, Table } from "../state/table";

export interface ListParams {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
  created?: number | { gt?: number; gte?: number; lt?: number; lte?: number };
}

export interface ListAnswer<T> {
  object: "list";
  url: string;
  has_more: boolean;
  data: T[];
}

interface ListOptions<T> {
  url: string;
  /** An index of the table and the key to take. */
  by?: [index: string, key: string] | undefined;
  where?: (value: T) => boolean;
}

/** One page, newest first; `starting_after` goes to older ones, `ending_before` to newer ones. */
export function listPage<T extends Kept>(table: Table<T>, params: ListParams, options: ListOptions<T>): ListAnswer<T> {
  const limit = pageSize(params.limit);
  if (params.starting_after && params.ending_before)
    throw invalid("Please provide only one of starting_after or ending_before.", "starting_after");
  const all = options.by ? table.all(...options.by) : table.all();
  const isWanted = (value: T) => isWithin(value, params.created) && (options.where?.(value) ?? true);
  const isBackwards = params.ending_before !== undefined;
  const cursor = params.starting_after ?? params.ending_before;
  const start = cursor === undefined ? all.length : placeOf(table, all, cursor, isBackwards);
  const found: T[] = [];
  const step = isBackwards ? 1 : -1;
  let at = start + step;
  for (; at >= 0 && at < all.length && found.length < limit; at += step) {
    const value = all[at];
    if (value && isWanted(value)) found.push(value);
  }
  let hasMore = false;
  for (; at >= 0 && at < all.length && !hasMore; at += step) {
    const value = all[at];
    hasMore = value !== undefined && isWanted(value);
  }
  return { object: "list", url: options.url, has_more: hasMore, data: isBackwards ? found.reverse() : found };
}

/** A page of what is not a table, given newest first. */
export function pageOf<T extends { id: string }>(all: readonly T[], params: ListParams, url: string): ListAnswer<T> {
  const limit = pageSize(params.limit);
  const after = all.findIndex(({ id }) => id === params.starting_after);
  if (params.starting_after && after < 0) throw missing("object", params.starting_after, "starting_after");
  const before = params.ending_before ? all.findIndex(({ id }) => id === params.ending_before) : -1;
  const from = before >= 0 ? Math.max(0, before - limit) : after + 1;
  const data = all.slice(from, before >= 0 ? before : from + limit);
  return { object: "list", url, has_more: before >= 0 ? from > 0 : from + limit < all.length, data };
}

function pageSize(limit = 10): number {
  if (limit < 1 || limit > 100)
    throw invalid("This value must be between 1 and 100.", "limit", "parameter_invalid_integer");
  return limit;
}

function placeOf<T extends Kept>(table: Table<T>, all: readonly T[], cursor: string, isBackwards: boolean): number {
  const rank = table.rank(cursor);
  let [low, high] = [0, all.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = all[middle];
    if (!value) break;
    if (value.id === cursor) return middle;
    if (table.rank(value.id) < rank) low = middle + 1;
    else high = middle - 1;
  }
  // An index that a value joined late is not in order.
  const found = all.findIndex(({ id }) => id === cursor);
  if (found < 0) throw missing("object", cursor, isBackwards ? "ending_before" : "starting_after");
  return found;
}

function isWithin(value: object, range: ListParams["created"]): boolean {
  if (range === undefined) return true;
  const created = "created" in value ? Number(value.created) : 0;
  if (typeof range === "number") return created === range;
  return (
    created > (range.gt ?? -1) &&
    created >= (range.gte ?? 0) &&
    created < (range.lt ?? Number.POSITIVE_INFINITY) &&
    created <= (range.lte ?? Number.POSITIVE_INFINITY)
  );
}
