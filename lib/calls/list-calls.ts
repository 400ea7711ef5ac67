import { sql } from "drizzle-orm";
import { z } from "zod";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { decodeCursor } from "@/lib/platform/cursor";
import { keysetPage, type Page } from "@/lib/platform/keyset";
import { parse } from "@/lib/platform/parse";
import { callFilter, matchingCalls } from "./call-filter";
import { type CallSummary, callLines } from "./call-lines";

const input = callFilter.extend({
  cursor: z.string().max(200).optional(),
  direction: z.enum(["older", "newer"]).default("older"),
  limit: z.number().int().min(1).max(500).default(50),
});
export type CallsQuery = z.input<typeof input>;

/**
 * Calls, newest first, at most `limit` (50). Pages by place, not by number: what arrives while one reads moves nothing.
 * A cursor that is not ours counts as none; "newer" from near the top gives the first page.
 */
export async function listCalls(ctx: Context, query: CallsQuery = {}): Promise<Page<CallSummary>> {
  authorise(ctx, "read");
  const { cursor, direction, limit, ...filter } = parse(input, query);
  const from = decodeCursor(cursor);
  const isNewer = direction === "newer" && from !== undefined;
  const place = from && sql`(${from.at.toISOString()}::timestamptz, ${from.id})`;
  const beyond = place && sql` and (calls.started_at, calls.id) ${isNewer ? sql`>` : sql`<`} ${place}`;
  const order = isNewer ? sql`calls.started_at, calls.id` : sql`calls.started_at desc, calls.id desc`;
  const source = sql`select calls.* from calls where ${matchingCalls(ctx.orgId, filter)}${beyond ?? sql``}
    order by ${order} limit ${limit + 1}`;
  const rows = await inTenant(ctx, (tx) => callLines(tx, source));
  if (isNewer && rows.length <= limit) return listCalls(ctx, { ...filter, limit });
  return keysetPage(isNewer ? rows.reverse() : rows, {
    limit,
    direction: isNewer ? "newer" : "older",
    fromStart: !from,
    place: (row) => ({ at: row.startedAt, id: row.id }),
  });
}
