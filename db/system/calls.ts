import { sql } from "drizzle-orm";
import type { Database } from "../client";
import { rows, type TenantRef } from "./rows";

/** Inbox rows received before `olderThan` and not yet processed (at most ten attempts each). */
export const listUnprocessedInbox = (database: Database, olderThan: Date, limit: number) =>
  rows<TenantRef>(
    database,
    sql`select id, org_id as "orgId" from system_unprocessed_inbox(${olderThan.toISOString()}::timestamptz, ${limit})`,
  );

/** Calls whose `reconcile_after` has passed. */
export const listCallsToReconcile = (database: Database, due: Date, limit: number) =>
  rows<TenantRef>(
    database,
    sql`select id, org_id as "orgId" from system_calls_to_reconcile(${due.toISOString()}::timestamptz, ${limit})`,
  );
