import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { inTenant } from "@/db/tenant";
import { readSearchTerm } from "@/lib/contacts";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { type Cursor, decodeCursor, encodeCursor } from "@/lib/platform/cursor";
import type { Page } from "@/lib/platform/keyset";
import { parse } from "@/lib/platform/parse";
import { type CallFilter, callFilter, matchingCalls } from "./call-filter";
import { type CallSummary, callLines } from "./call-lines";

/** The most the search functions of the database give at once. */
const batchSize = 101;
/** A filter that fits almost nothing ends here; the cursor goes on from there. */
const mostBatches = 10;

const input = callFilter.extend({
  // PostgreSQL has no text with a zero byte in it.
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .transform((text) => text.replaceAll("\0", " ")),
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type CallSearch = z.input<typeof input>;

/**
 * Calls in which `q` was said (words, "phrases", -without, or) or whose number ends with it (three digits or more), newest first,
 * with the place where it was found. Goes to older calls only.
 */
export async function searchCalls(ctx: Context, query: CallSearch): Promise<Page<CallSummary>> {
  authorise(ctx, "read");
  const { q, cursor, limit, ...filter } = parse(input, query);
  return inTenant(ctx, async (tx) => {
    const { found, next } = await collect(tx, ctx.orgId, { q, filter, limit, from: decodeCursor(cursor) });
    const ids = sql.join(
      found.map((id) => sql`${id}`),
      sql`, `,
    );
    const source = sql`select calls.* from calls where calls.org_id = ${ctx.orgId} and calls.id in (${ids})`;
    const items = found.length === 0 ? [] : await callLines(tx, source, isNumber(q) ? undefined : q);
    return { items, newerCursor: null, olderCursor: next ? encodeCursor(next) : null };
  });
}

type Search = { q: string; filter: CallFilter; limit: number; from: Cursor | undefined };
type Found = { id: string; started_at: string; keep: boolean };

const isNumber = (q: string): boolean => readSearchTerm(q)?.kind === "phone";

async function collect(tx: Tx, orgId: string, search: Search): Promise<{ found: string[]; next: Cursor | undefined }> {
  const found: string[] = [];
  let place = search.from;
  for (let batch = 0; batch < mostBatches; batch++) {
    const rows = await nextBatch(tx, orgId, search, place);
    for (const [at, row] of rows.entries()) {
      place = { at: new Date(row.started_at), id: row.id };
      if (row.keep) found.push(row.id);
      const isLast = at === rows.length - 1 && rows.length < batchSize;
      if (found.length === search.limit) return { found, next: isLast ? undefined : place };
    }
    if (rows.length < batchSize) return { found, next: undefined };
  }
  return { found, next: place };
}

async function nextBatch(tx: Tx, orgId: string, search: Search, place: Cursor | undefined): Promise<Found[]> {
  const term = readSearchTerm(search.q);
  const at = sql`${place ? place.at.toISOString() : "infinity"}::timestamptz`;
  const from =
    term?.kind === "phone"
      ? sql`search_calls_by_phone(${term.digits}, ${at}, ${place?.id ?? "~"}, ${batchSize})`
      : sql`search_calls(${search.q}, ${at}, ${place?.id ?? "~"}, ${batchSize})`;
  const { rows } = await tx.execute(sql`
    select calls.id, calls.started_at, coalesce(${matchingCalls(orgId, search.filter)}, false) as keep from ${from} as calls
    order by calls.started_at desc, calls.id desc`);
  return rows as Found[];
}
