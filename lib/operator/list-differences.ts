import type { Database } from "@/db/client";
import { listOpenItems, type OpenItem } from "@/db/system";
import { decodeCursor, encodeCursor } from "@/lib/platform/cursor";
import { requireOperator, type WhoAsks } from "./require-operator";

export type { OpenItem } from "@/db/system";

/** A page of what is open, and how much is open in all. */
export type Differences = { items: OpenItem[]; total: number; olderCursor: string | null };

const MOST = 25;

/** Open differences of billing in every organisation, the latest first, so many at a time as one looks through. For operators alone. */
export async function listDifferences(
  ask: WhoAsks & { database: Database; cursor?: string | undefined },
): Promise<Differences> {
  requireOperator(ask);
  const { items: found, total } = await listOpenItems(ask.database, MOST + 1, decodeCursor(ask.cursor));
  const items = found.slice(0, MOST);
  const last = items.at(-1);
  const olderCursor = found.length > MOST && last ? encodeCursor({ at: last.foundAt, id: last.id }) : null;
  return { items, total, olderCursor };
}
