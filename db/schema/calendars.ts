import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, epochMs, id, orgId, updatedAt } from "./columns";

export type CalendarVendor = "google" | "microsoft" | "caldav" | "feed";

/** A staff member's account at a vendor, or the address of a calendar file. */
export const calendarAccounts = pgTable(
  "calendar_accounts",
  {
    id: id(),
    orgId: orgId(),
    staffId: text("staff_id").notNull(),
    vendor: text("vendor").$type<CalendarVendor>().notNull(),
    /** `emulated` talks to the local emulator, `live` to the vendor. */
    mode: text("mode").$type<"emulated" | "live">().notNull(),
    /** Whose it is, as its owner would say: an address, a user name, a host. */
    label: text("label").notNull(),
    /** What opens the account (CalendarSecret of lib/calendars), AES-256-GCM; never leaves the server. */
    secretEnc: text("secret_enc").notNull(),
    /** The permission was withdrawn or the password no longer holds: nothing works until somebody connects again. */
    revokedAt: at("revoked_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("calendar_accounts_org_id_id_key").on(t.orgId, t.id),
    uniqueIndex("calendar_accounts_label_key").on(t.orgId, t.staffId, t.vendor, t.mode, t.label),
  ],
);

/** A calendar of an account, what it is used for, and how far it is known. */
export const calendars = pgTable(
  "calendars",
  {
    id: id(),
    orgId: orgId(),
    accountId: text("account_id").notNull(),
    staffId: text("staff_id").notNull(),
    externalId: text("external_id").notNull(),
    name: text("name").notNull(),
    /** IANA name; null = the organisation's. */
    timeZone: text("time_zone"),
    writable: boolean("writable").notNull(),
    /** Its events make the person busy. */
    blocks: boolean("blocks").notNull().default(false),
    /** Bookings are written into it; at most one per person. */
    receives: boolean("receives").notNull().default(false),
    syncToken: text("sync_token"),
    /** When the last full read was made, and how far it reached: a token belongs to that window. */
    fullSyncAt: at("full_sync_at"),
    syncedAt: at("synced_at"),
    /** Until then what is known counts as current; null or past = the person's hours are tentative. */
    freshUntil: at("fresh_until"),
    /** Somebody wants it read again: a push, a person. null as soon as a reading begins. */
    requestedAt: at("requested_at"),
    /** Who reads it now, until when; null = nobody. */
    leaseToken: text("lease_token"),
    leaseUntil: at("lease_until"),
    nextSyncAt: at("next_sync_at"),
    failures: integer("failures").notNull().default(0),
    /** The last failure in words for a screen; no secrets. null = the last read succeeded. */
    failure: text("failure"),
    /** What of which items cannot be read (UnreadPart of lib/calendars): while there is any, nothing counts as current. */
    unread: jsonb("unread")
      .$type<Record<string, { what: "all" | "start" | "end" | "zone" | "repetition"; atMs?: number | undefined }>>()
      .notNull()
      .default({}),
    alertedAt: at("alerted_at"),
    alertMailedAt: at("alert_mailed_at"),
    pushChannelId: text("push_channel_id"),
    pushResourceId: text("push_resource_id"),
    pushSecretHash: text("push_secret_hash"),
    pushExpiresAt: at("push_expires_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("calendars_org_id_id_key").on(t.orgId, t.id),
    uniqueIndex("calendars_external_key").on(t.accountId, t.externalId),
    uniqueIndex("calendars_receiving_key").on(t.orgId, t.staffId).where(sql`receives`),
    uniqueIndex("calendars_push_key").on(t.pushChannelId),
    index("calendars_due").on(t.nextSyncAt).where(sql`blocks`),
    index("calendars_staff").on(t.orgId, t.staffId).where(sql`blocks`),
  ],
);

/** Time taken in a calendar, without titles, cut into pieces of a day at most, so that an index finds what lies near a time. */
export const calendarBusy = pgTable(
  "calendar_busy",
  {
    orgId: orgId(),
    calendarId: text("calendar_id").notNull(),
    staffId: text("staff_id").notNull(),
    itemId: text("item_id").notNull(),
    startMs: epochMs("start_ms").notNull(),
    endMs: epochMs("end_ms").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.calendarId, t.itemId, t.startMs, t.endMs] }),
    index("calendar_busy_staff").on(t.orgId, t.staffId, t.startMs, t.endMs),
  ],
);

/** What we have written, or are about to write, of a booking into a calendar. */
export const calendarWrites = pgTable(
  "calendar_writes",
  {
    orgId: orgId(),
    bookingId: text("booking_id").notNull(),
    calendarId: text("calendar_id").notNull(),
    /** The event's key; stands here before the vendor hears of it, so that the event is never taken for somebody else's. */
    key: text("key").notNull(),
    externalId: text("external_id"),
    etag: text("etag"),
    writtenAt: at("written_at"),
    /** When to try (again); null = as it should be. */
    dueAt: at("due_at"),
    attempts: integer("attempts").notNull().default(0),
    failure: text("failure"),
    leaseToken: text("lease_token"),
    leaseUntil: at("lease_until"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.bookingId, t.calendarId] }),
    index("calendar_writes_key").on(t.orgId, t.key),
    index("calendar_writes_calendar").on(t.orgId, t.calendarId),
    index("calendar_writes_due").on(t.dueAt).where(sql`due_at is not null`),
  ],
);

/** A secret address under which bookings can be subscribed to. `staffId` null = the whole business. */
export const calendarFeeds = pgTable(
  "calendar_feeds",
  {
    id: id(),
    orgId: orgId(),
    staffId: text("staff_id"),
    tokenHash: text("token_hash").notNull(),
    /** Service and caller's name in place of "Busy". */
    showsDetails: boolean("shows_details").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("calendar_feeds_token_key").on(t.tokenHash),
    uniqueIndex("calendar_feeds_subject_key").on(t.orgId, sql`coalesce(${t.staffId}, '')`),
  ],
);
