import { sql } from "drizzle-orm";
import type { Database } from "../client";
import { rows, type TenantRef } from "./rows";

/** Calendars that are to be read now and that nobody reads; those of withdrawn accounts and archived staff are not. */
export const listCalendarsDue = (database: Database, due: Date, limit: number) =>
  rows<TenantRef>(
    database,
    sql`select id, org_id as "orgId" from system_calendars_due(${due.toISOString()}::timestamptz, ${limit})`,
  );

/** Calendars that are not current and that nobody has been told about. */
export const listCalendarsStale = (database: Database, now: Date, limit: number) =>
  rows<TenantRef>(
    database,
    sql`select id, org_id as "orgId" from system_calendars_stale(${now.toISOString()}::timestamptz, ${limit})`,
  );

/** Bookings whose state has yet to be written into a calendar; a booking may stand there twice. */
export const listCalendarWritesDue = (database: Database, due: Date, limit: number) =>
  rows<TenantRef>(
    database,
    sql`select id, org_id as "orgId" from system_calendar_writes_due(${due.toISOString()}::timestamptz, ${limit})`,
  );

export const findCalendarChannel = async (database: Database, channelId: string) =>
  (
    await rows<TenantRef & { secretHash: string | null }>(
      database,
      sql`select id, org_id as "orgId", secret_hash as "secretHash" from system_find_calendar_channel(${channelId})`,
    )
  )[0];

export const findCalendarFeed = async (database: Database, tokenHash: string) =>
  (await rows<TenantRef>(database, sql`select id, org_id as "orgId" from system_find_calendar_feed(${tokenHash})`))[0];
