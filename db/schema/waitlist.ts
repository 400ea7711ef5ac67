import { sql } from "drizzle-orm";
import { date, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, id, orgId, updatedAt } from "./columns";
import type { BookingSource } from "./scheduling";

export type WaitlistEntryStatus = "waiting" | "booked" | "left";
export type WaitlistOfferStatus = "open" | "accepted" | "declined" | "expired" | "withdrawn";

/** Somebody who wants a time that is not free. The ranking is priority (the higher first), then the time of joining. */
export const waitlistEntries = pgTable(
  "waitlist_entries",
  {
    id: id(),
    orgId: orgId(),
    serviceId: text("service_id").notNull(),
    /** null = anybody. */
    staffId: text("staff_id"),
    contactId: text("contact_id"),
    callId: text("call_id"),
    source: text("source").$type<BookingSource>().notNull(),
    status: text("status").$type<WaitlistEntryStatus>().notNull().default("waiting"),
    priority: integer("priority").notNull().default(0),
    joinedAt: at("joined_at").notNull(),
    /** Local dates, both included; null = no limit. */
    fromOn: date("from_on", { mode: "string" }),
    toOn: date("to_on", { mode: "string" }),
    /** Starts at local minutes in [from, to). */
    fromMinute: integer("from_minute").notNull().default(0),
    toMinute: integer("to_minute").notNull().default(1440),
    attendeeName: text("attendee_name").notNull().default(""),
    attendeePhone: text("attendee_phone"),
    attendeeEmail: text("attendee_email"),
    notes: text("notes").notNull().default(""),
    /** What the wait came to. */
    bookingId: text("booking_id"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("waitlist_entries_org_id_id_key").on(t.orgId, t.id),
    index("waitlist_entries_waiting").on(t.orgId, t.serviceId).where(sql`status = 'waiting'`),
    index("waitlist_entries_contact").on(t.orgId, t.contactId),
  ],
);

/**
 * A freed time offered to one entry and held for it (`hold_id`) under the constraint that keeps everybody else out. Past `expires_at` it no
 * longer counts, whether or not anybody has written that down.
 */
export const waitlistOffers = pgTable(
  "waitlist_offers",
  {
    id: id(),
    orgId: orgId(),
    entryId: text("entry_id").notNull(),
    holdId: text("hold_id").notNull(),
    slot: text("slot").notNull(),
    staffId: text("staff_id").notNull(),
    startsAt: at("starts_at").notNull(),
    status: text("status").$type<WaitlistOfferStatus>().notNull().default("open"),
    /** Why this entry: its place among how many that wanted the time, its priority and since when it waits. */
    rank: integer("rank").notNull(),
    ranked: integer("ranked").notNull(),
    priority: integer("priority").notNull(),
    joinedAt: at("joined_at").notNull(),
    offeredAt: at("offered_at").notNull(),
    expiresAt: at("expires_at").notNull(),
    decidedAt: at("decided_at"),
    /** When the message with the offer went out; null = nobody has been told by us. */
    toldAt: at("told_at"),
    bookingId: text("booking_id"),
  },
  (t) => [
    uniqueIndex("waitlist_offers_org_id_id_key").on(t.orgId, t.id),
    index("waitlist_offers_entry").on(t.orgId, t.entryId, t.offeredAt),
    uniqueIndex("waitlist_offers_one_open").on(t.orgId, t.entryId).where(sql`status = 'open'`),
    uniqueIndex("waitlist_offers_one_winner").on(t.orgId, t.holdId).where(sql`status = 'accepted'`),
    index("waitlist_offers_due").on(t.expiresAt).where(sql`status = 'open'`),
  ],
);

/**
 * A link with which whoever has it may take or decline one offer. Of the token only the SHA-256 is kept; it leads nowhere once the time that
 * was offered has begun.
 */
export const offerLinks = pgTable(
  "offer_links",
  {
    id: id(),
    orgId: orgId(),
    offerId: text("offer_id").notNull(),
    tokenHash: text("token_hash").notNull(),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("offer_links_token_hash_key").on(t.tokenHash), index("offer_links_offer").on(t.orgId, t.offerId)],
);
