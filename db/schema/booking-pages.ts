import { sql } from "drizzle-orm";
import { boolean, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, orgId, updatedAt } from "./columns";

/** The page on which anybody may book with an organisation; at most one each, and off until somebody switches it on. */
export const bookingPages = pgTable(
  "booking_pages",
  {
    id: id(),
    orgId: orgId(),
    isOn: boolean("is_on").notNull().default(false),
    /** Whether search engines may list it. */
    isListed: boolean("is_listed").notNull().default(false),
    /** Shown above the services. */
    welcome: text("welcome").notNull().default(""),
    /** Shown to whoever has booked. */
    afterBooking: text("after_booking").notNull().default(""),
    /** E.164; the number under which a visitor may call, if the owner gives one. */
    phone: text("phone"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex("booking_pages_org_key").on(t.orgId)],
);

/** The services offered on it. */
export const bookingPageServices = pgTable(
  "booking_page_services",
  { orgId: orgId(), serviceId: text("service_id").notNull() },
  (t) => [primaryKey({ columns: [t.serviceId] })],
);

/**
 * Every address the page (`serviceId` null) or a service on it has had; the others lead to the current one. An organisation's is unique
 * among all organisations, a service's within its organisation.
 */
export const bookingPageAddresses = pgTable(
  "booking_page_addresses",
  {
    id: id(),
    orgId: orgId(),
    serviceId: text("service_id"),
    slug: text("slug").notNull(),
    isCurrent: boolean("is_current").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("booking_page_addresses_page_key").on(t.slug).where(sql`${t.serviceId} is null`),
    uniqueIndex("booking_page_addresses_service_key").on(t.orgId, t.slug).where(sql`${t.serviceId} is not null`),
    uniqueIndex("booking_page_addresses_current_key")
      .on(t.orgId, sql`coalesce(${t.serviceId}, '')`)
      .where(sql`${t.isCurrent}`),
  ],
);

/**
 * A link with which whoever has it may see, move and cancel one booking. Of the token only the SHA-256 is kept; how long it works follows
 * from its booking (lib/manage-links/rules/link-life.ts).
 */
export const manageLinks = pgTable(
  "manage_links",
  {
    id: id(),
    orgId: orgId(),
    bookingId: text("booking_id").notNull(),
    tokenHash: text("token_hash").notNull(),
    /** SHA-256 of the form that made the booking: the same form sent again finds it. */
    submissionHash: text("submission_hash"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("manage_links_token_hash_key").on(t.tokenHash),
    uniqueIndex("manage_links_submission_key").on(t.orgId, t.submissionHash),
    index("manage_links_booking").on(t.orgId, t.bookingId),
  ],
);
