import { sql } from "drizzle-orm";
import type { Database } from "../client";
import { rows, type TenantRef } from "./rows";

/** Confirmed bookings with an address whose time to be reminded of has come and that nobody has raised yet, the next to begin first. */
export const listRemindersDue = (database: Database, due: Date, limit: number) =>
  rows<TenantRef>(
    database,
    sql`select id, org_id as "orgId" from system_reminders_due(${due.toISOString()}::timestamptz, ${limit})`,
  );
