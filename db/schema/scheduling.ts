import { sql } from "drizzle-orm";
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, epochMs, id, orgId, updatedAt } from "./columns";

export type BookingStatus = "held" | "confirmed" | "completed" | "no_show" | "cancelled";
export type BookingSource = "agent" | "dashboard" | "link" | "api" | "import";
/** Local minutes since midnight, start inclusive, end exclusive; 1440 = midnight at the end of the day. */
export type MinuteSpan = { startMinute: number; endMinute: number };

export const services = pgTable(
  "services",
  {
    id: id(),
    orgId: orgId(),
    name: text("name").notNull(),
    /** Other words callers use for it. */
    aliases: text("aliases").array().notNull().default(sql`'{}'::text[]`),
    description: text("description").notNull().default(""),
    durationMinutes: integer("duration_minutes").notNull(),
    bufferBeforeMinutes: integer("buffer_before_minutes").notNull().default(0),
    bufferAfterMinutes: integer("buffer_after_minutes").notNull().default(0),
    /** Minor units of the organisation's currency; null = price on request. */
    priceCents: integer("price_cents"),
    minNoticeMinutes: integer("min_notice_minutes").notNull().default(60),
    horizonDays: integer("horizon_days").notNull().default(60),
    slotGridMinutes: integer("slot_grid_minutes").notNull().default(15),
    position: integer("position").notNull().default(0),
    active: boolean("active").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex("services_org_id_id_key").on(t.orgId, t.id)],
);

export const staff = pgTable(
  "staff",
  {
    id: id(),
    orgId: orgId(),
    name: text("name").notNull(),
    email: text("email"),
    /** null = the organisation's zone. */
    timeZone: text("time_zone"),
    position: integer("position").notNull().default(0),
    active: boolean("active").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex("staff_org_id_id_key").on(t.orgId, t.id)],
);

export const staffServices = pgTable(
  "staff_services",
  { orgId: orgId(), staffId: text("staff_id").notNull(), serviceId: text("service_id").notNull() },
  (t) => [primaryKey({ columns: [t.staffId, t.serviceId] }), index("staff_services_service").on(t.orgId, t.serviceId)],
);

/** Weekly hours; `staffId` null = the business's own opening hours. Weekday 0 = Sunday … 6 = Saturday. */
export const weeklyHours = pgTable(
  "weekly_hours",
  {
    id: id(),
    orgId: orgId(),
    staffId: text("staff_id"),
    weekday: integer("weekday").notNull(),
    startMinute: integer("start_minute").notNull(),
    endMinute: integer("end_minute").notNull(),
  },
  (t) => [index("weekly_hours_staff").on(t.orgId, t.staffId, t.weekday)],
);

/** What replaces the weekly hours on one date; no spans = closed. `staffId` null = the whole business. */
export const dateOverrides = pgTable(
  "date_overrides",
  {
    id: id(),
    orgId: orgId(),
    staffId: text("staff_id"),
    onDate: date("on_date", { mode: "string" }).notNull(),
    spans: jsonb("spans").$type<MinuteSpan[]>().notNull(),
    reason: text("reason").notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("date_overrides_key").on(t.orgId, sql`coalesce(${t.staffId}, '')`, t.onDate)],
);

/**
 * Holds and bookings. A hold is a row with status `held` under the same exclusion constraint
 * (`bookings_no_overlap` over staff and [block_start_ms, block_end_ms), buffers included); booking consumes it.
 */
export const bookings = pgTable(
  "bookings",
  {
    id: id(),
    orgId: orgId(),
    serviceId: text("service_id").notNull(),
    staffId: text("staff_id").notNull(),
    contactId: text("contact_id"),
    callId: text("call_id"),
    status: text("status").$type<BookingStatus>().notNull(),
    source: text("source").$type<BookingSource>().notNull(),
    startsAt: at("starts_at").notNull(),
    endsAt: at("ends_at").notNull(),
    blockStartMs: epochMs("block_start_ms").notNull(),
    blockEndMs: epochMs("block_end_ms").notNull(),
    /** Set while held: past it the row no longer counts and is removed by whoever needs the time. */
    holdExpiresAt: at("hold_expires_at"),
    /** The zone in which the time was said to the caller. */
    timeZone: text("time_zone").notNull(),
    attendeeName: text("attendee_name").notNull().default(""),
    attendeePhone: text("attendee_phone"),
    notes: text("notes").notNull().default(""),
    priceCents: integer("price_cents"),
    cancelReason: text("cancel_reason"),
    cancelledAt: at("cancelled_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("bookings_org_id_id_key").on(t.orgId, t.id),
    index("bookings_staff_blocks").on(t.orgId, t.staffId, t.blockStartMs, t.blockEndMs),
    index("bookings_starts").on(t.orgId, t.startsAt, t.id),
    index("bookings_contact").on(t.orgId, t.contactId, t.startsAt),
    index("bookings_call").on(t.orgId, t.callId),
  ],
);
