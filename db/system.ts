import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./client";
import type { MemberRole, OnboardingState, WebhookAuth } from "./schema";
import { withSystem } from "./tenant";

/**
 * The only reads that precede a tenant. Each is a SECURITY DEFINER function of a migration with minimal columns,
 * callable by app_system alone; db/catalog.test.ts holds the same list.
 */
async function rows<T>(database: Database, query: SQL): Promise<T[]> {
  return withSystem(database, async (tx) => (await tx.execute(query)).rows as T[]);
}

const toDate = (value: unknown): Date | null => (value == null ? null : new Date(value as string));

export type ConnectionForWebhook = {
  id: string;
  orgId: string;
  provider: "vapi";
  mode: "emulated" | "live";
  webhookAuth: WebhookAuth;
  webhookSecretEnc: string;
  previousSecretEnc: string | null;
  previousSecretExpiresAt: Date | null;
  agentId: string | null;
  timeZone: string;
  disabled: boolean;
};

export async function findConnection(
  database: Database,
  connectionId: string,
): Promise<ConnectionForWebhook | undefined> {
  type Row = Record<string, unknown>;
  const [row] = await rows<Row>(database, sql`select * from system_find_connection(${connectionId})`);
  if (!row) return undefined;
  return {
    id: row.id as string,
    orgId: row.org_id as string,
    provider: row.provider as "vapi",
    mode: row.mode as "emulated" | "live",
    webhookAuth: row.webhook_auth as WebhookAuth,
    webhookSecretEnc: row.webhook_secret_enc as string,
    previousSecretEnc: row.previous_secret_enc as string | null,
    previousSecretExpiresAt: toDate(row.previous_secret_expires_at),
    agentId: row.agent_id as string | null,
    timeZone: row.time_zone as string,
    disabled: row.disabled as boolean,
  };
}

export type Membership = {
  orgId: string;
  slug: string;
  name: string;
  role: MemberRole;
  timeZone: string;
  isDemo: boolean;
  onboarding: OnboardingState;
};

export function listMemberships(database: Database, userId: string): Promise<Membership[]> {
  return rows(
    database,
    sql`select org_id as "orgId", slug, name, role, time_zone as "timeZone", is_demo as "isDemo", onboarding from system_memberships(${userId})`,
  );
}

export type OrganizationRef = { id: string; externalId: string | null; slug: string; name: string; isDemo: boolean };

/** By our slug or by the identity provider's id; undefined when neither matches. */
export async function findOrganization(
  database: Database,
  by: { slug: string } | { externalId: string },
): Promise<OrganizationRef | undefined> {
  const slug = "slug" in by ? by.slug : null;
  const externalId = "externalId" in by ? by.externalId : null;
  const [row] = await rows<OrganizationRef>(
    database,
    sql`select id, external_id as "externalId", slug, name, is_demo as "isDemo" from system_find_organization(${slug}, ${externalId})`,
  );
  return row;
}

export type InvitationRef = {
  id: string;
  orgId: string;
  email: string;
  role: MemberRole;
  organizationName: string;
  slug: string;
  expiresAt: Date;
  acceptedAt: Date | null;
  revokedAt: Date | null;
};

export async function findInvitation(database: Database, tokenHash: string): Promise<InvitationRef | undefined> {
  const [row] = await rows<Record<string, unknown>>(database, sql`select * from system_find_invitation(${tokenHash})`);
  if (!row) return undefined;
  return {
    id: row.id as string,
    orgId: row.org_id as string,
    email: row.email as string,
    role: row.role as MemberRole,
    organizationName: row.organization_name as string,
    slug: row.slug as string,
    expiresAt: new Date(row.expires_at as string),
    acceptedAt: toDate(row.accepted_at),
    revokedAt: toDate(row.revoked_at),
  };
}

/** The organisation whose booking page has or had this address, while the page is on; `slug` is its address now. */
export async function findBookingPage(
  database: Database,
  slug: string,
): Promise<{ orgId: string; slug: string } | undefined> {
  const [row] = await rows<{ orgId: string; slug: string }>(
    database,
    sql`select org_id as "orgId", slug from system_find_booking_page(${slug})`,
  );
  return row;
}

export type ManageLinkRef = { orgId: string; bookingId: string; endsAt: Date };

/** The booking a manage link's token was made for; `endsAt` is when its appointment ends. */
export async function findManageLink(database: Database, tokenHash: string): Promise<ManageLinkRef | undefined> {
  const [row] = await rows<Record<string, unknown>>(database, sql`select * from system_find_manage_link(${tokenHash})`);
  if (!row) return undefined;
  return {
    orgId: row.org_id as string,
    bookingId: row.booking_id as string,
    endsAt: new Date(row.ends_at as string),
  };
}

export type OfferLinkRef = { orgId: string; offerId: string; startsAt: Date };

/** The offer a link's token was made for; `startsAt` is when the time it offers begins. */
export async function findOfferLink(database: Database, tokenHash: string): Promise<OfferLinkRef | undefined> {
  const [row] = await rows<Record<string, unknown>>(database, sql`select * from system_find_offer_link(${tokenHash})`);
  if (!row) return undefined;
  return {
    orgId: row.org_id as string,
    offerId: row.offer_id as string,
    startsAt: new Date(row.starts_at as string),
  };
}

export type UnrelayedEvent = {
  id: string;
  orgId: string;
  kind: string;
  subjectId: string;
  /** Of a booking: whether its organisation has calendars, and whether somebody left an address. False for everything else. */
  hasCalendars: boolean;
  hasAddress: boolean;
};

/**
 * Hands unrelayed events to `deliver` and marks them relayed when it returns; a crash in between delivers them again,
 * so the receiver must recognise an event id it has seen. Two relays at once take different events. Returns how many.
 */
export async function relayEvents(
  database: Database,
  limit: number,
  deliver: (events: UnrelayedEvent[]) => Promise<void>,
): Promise<number> {
  if (!database.pool) {
    // PGlite has one connection: delivering inside the transaction would wait for itself.
    const found = await rows<UnrelayedEvent>(database, unrelayed(limit));
    if (found.length === 0) return 0;
    await deliver(found);
    await rows(database, markRelayed(found));
    return found.length;
  }
  return withSystem(database, async (tx) => {
    const found = (await tx.execute(unrelayed(limit))).rows as unknown as UnrelayedEvent[];
    if (found.length === 0) return 0;
    await deliver(found);
    await tx.execute(markRelayed(found));
    return found.length;
  });
}

const unrelayed = (limit: number) =>
  sql`select id, org_id as "orgId", kind, subject_id as "subjectId", has_calendars as "hasCalendars", has_address as "hasAddress"
    from system_unrelayed_events(${limit})`;
const markRelayed = (found: UnrelayedEvent[]) =>
  sql`select system_mark_relayed(array[${sql.join(
    found.map((e) => sql`${e.id}`),
    sql`, `,
  )}]::text[])`;

export type TenantRef = { id: string; orgId: string };

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

/** Holds that ran out where somebody waits for a time, and those of waitlist offers that did, whether or not they are still there. */
export const listWaitlistDue = (database: Database, due: Date, limit: number) =>
  rows<TenantRef>(
    database,
    sql`select id, org_id as "orgId" from system_waitlist_due(${due.toISOString()}::timestamptz, ${limit})`,
  );

/** Confirmed bookings with an address whose time to be reminded of has come and that nobody has raised yet, the next to begin first. */
export const listRemindersDue = (database: Database, due: Date, limit: number) =>
  rows<TenantRef>(
    database,
    sql`select id, org_id as "orgId" from system_reminders_due(${due.toISOString()}::timestamptz, ${limit})`,
  );

/** Organisations that are not deleted, in id order after `afterId`. */
export const listOrganizationIds = async (database: Database, afterId: string, limit: number) =>
  (await rows<{ id: string }>(database, sql`select id from system_organization_ids(${afterId}, ${limit})`)).map(
    (r) => r.id,
  );

export const listEmulatedConnections = (database: Database, afterId: string, limit: number) =>
  rows<TenantRef>(database, sql`select id, org_id as "orgId" from system_emulated_connections(${afterId}, ${limit})`);

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

export type PlanLineRow = {
  orgId: string;
  currency: string;
  plan: string | null;
  planVersion: number | null;
  billedEvery: "month" | "year" | null;
  amount: bigint;
  from: Date;
  to: Date;
  issuedAt: Date;
};

/** What was invoiced for plans, of every organisation: figures and times, and an id that tells one from another. */
export async function listPlanLines(database: Database): Promise<PlanLineRow[]> {
  const found = await rows<Record<string, unknown>>(database, sql`select * from system_operator_lines()`);
  return found.map((row) => ({
    orgId: row.org_id as string,
    currency: row.currency as string,
    plan: row.plan as string | null,
    planVersion: row.plan_version as number | null,
    billedEvery: row.billed_every as "month" | "year" | null,
    amount: BigInt(row.amount as string),
    from: new Date(row.period_starts_at as string),
    to: new Date(row.period_ends_at as string),
    issuedAt: new Date(row.issued_at as string),
  }));
}

/** Trials by the month in which they began: how many, how many of them have paid since, how many still run. */
export const listTrialMonths = (database: Database, now: Date) =>
  rows<{ month: string; started: number; converted: number; running: number }>(
    database,
    sql`select month, started, converted, running from system_operator_trials(${now.toISOString()}::timestamptz)`,
  );

/** What every organisation's ledger moved in a month, by account and unit and by the currency in which it pays. */
export async function listLedgerMonths(database: Database) {
  type Row = { month: string; currency: string; account: string; unit: string; net: string };
  const found = await rows<Row>(
    database,
    sql`select month, currency, account, unit, net::text as net from system_operator_ledger()`,
  );
  return found.map((row) => ({ ...row, net: BigInt(row.net) }));
}

/** Calls by month, tests aside, and how many of them led to a booking. */
export const listCallMonths = (database: Database) =>
  rows<{ month: string; calls: number; booked: number }>(
    database,
    sql`select month, calls, booked from system_operator_calls()`,
  );

export type OpenItem = {
  id: string;
  orgId: string;
  organization: string;
  kind: string;
  subject: string;
  facts: Record<string, string | number | null>;
  proposal: string;
  foundAt: Date;
};

/** Differences that nobody has settled, of every organisation, the latest first, and how many there are in all. */
export async function listOpenItems(
  database: Database,
  limit: number,
  before?: { at: Date; id: string },
): Promise<{ items: OpenItem[]; total: number }> {
  const found = await rows<OpenItem & { foundAt: string; total: number }>(
    database,
    sql`select id, org_id as "orgId", organization, kind, subject, facts, proposal, found_at as "foundAt", total
      from system_operator_items(${limit}, ${before?.at.toISOString() ?? null}::timestamptz, ${before?.id ?? null})`,
  );
  const items = found.map(({ total: _, ...row }) => ({ ...row, foundAt: new Date(row.foundAt) }));
  return { items, total: found[0]?.total ?? 0 };
}
