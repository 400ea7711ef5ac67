import { sql } from "drizzle-orm";
import type { Database } from "../client";
import { rows } from "./rows";

/** The organisation that a customer of the engine that collects is. */
export async function findCustomer(database: Database, customerRef: string): Promise<string | undefined> {
  const [row] = await rows<{ orgId: string }>(
    database,
    sql`select org_id as "orgId" from system_find_customer(${customerRef})`,
  );
  return row?.orgId;
}

/** Organisations that were closed and may still have something that goes on at the engine that collects, in id order after `afterId`. */
export const listClosedCustomers = async (database: Database, now: Date, afterId: string, limit: number) =>
  (
    await rows<{ orgId: string }>(
      database,
      sql`select org_id as "orgId" from system_closed_customers(${now.toISOString()}::timestamptz, ${afterId}, ${limit})`,
    )
  ).map(({ orgId }) => orgId);

/** Organisations whose minutes wait to be sent, who has waited longest first. */
export async function listMeterEventsDue(database: Database, due: Date, limit: number): Promise<string[]> {
  const found = await rows<{ orgId: string }>(
    database,
    sql`select org_id as "orgId" from system_meter_events_due(${due.toISOString()}::timestamptz, ${limit})`,
  );
  return found.map(({ orgId }) => orgId);
}

/** Organisations whose trial ends within three days, within one, or has ended, and whose owners have not been told that yet. */
export async function listTrialsEnding(database: Database, now: Date, limit: number): Promise<string[]> {
  const found = await rows<{ orgId: string }>(
    database,
    sql`select org_id as "orgId" from system_trials_ending(${now.toISOString()}::timestamptz, ${limit})`,
  );
  return found.map(({ orgId }) => orgId);
}

/** Organisations with a letter about billing that was to be sent before `olderThan` and was not, in id order after `afterId`. */
export const listAlertsToMail = async (database: Database, olderThan: Date, afterId: string, limit: number) =>
  (
    await rows<{ orgId: string }>(
      database,
      sql`select org_id as "orgId" from system_alerts_to_mail(${olderThan.toISOString()}::timestamptz, ${afterId}, ${limit})`,
    )
  ).map(({ orgId }) => orgId);

/** The organisation whose call the engine knows a meter event by. */
export async function findMeterEvent(database: Database, identifier: string): Promise<string | undefined> {
  const [row] = await rows<{ orgId: string }>(
    database,
    sql`select org_id as "orgId" from system_find_meter_event(${identifier})`,
  );
  return row?.orgId;
}
