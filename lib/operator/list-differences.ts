import type { Database } from "@/db/client";
import { listOpenItems, type OpenItem } from "@/db/system";
import { requireOperator, type WhoAsks } from "./require-operator";

export type { OpenItem } from "@/db/system";

const MOST = 200;

/** Open differences of billing in every organisation, the latest first, at most two hundred. For operators alone. */
export async function listDifferences(ask: WhoAsks & { database: Database }): Promise<OpenItem[]> {
  requireOperator(ask);
  return listOpenItems(ask.database, MOST);
}
