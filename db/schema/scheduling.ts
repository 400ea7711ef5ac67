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
    /** How many may come to one start; more than 1 makes it a group service. */
    seats: integer("seats").notNull().default(1),
    /** How many people do it together; 0 = everybody who does it. */
    staffNeeded: integer("staff_needed").notNull().default(1),
    /** Starts a day and a week (from Monday) in the business's zone, all people together; null = no limit. */
    maxPerDay: integer("max_per_day"),
    maxPerWeek: integer("max_per_week"),
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
    /** Where the person works; null = wherever the business is. */
    locationId: text("location_id"),
    /** Starts a day and a week, all services together; null = no limit. */
    maxPerDay: integer("max_per_day"),
    maxPerWeek: integer("max_per_week"),
    position: integer("position").notNull().default(0),
    active: boolean("active").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex("staff_org_id_id_key").on(t.orgId, t.id)],
);

export const staffServices = pgTable(
  "staff_services",
  {
    orgId: orgId(),
    staffId: text("staff_id").notNull(),
    serviceId: text("service_id").notNull(),
    /** null = as long as the service usually takes. */
    durationMinutes: integer("duration_minutes"),
    /** Share of the bookings that nobody asked for by name; 0 = only by name. */
    weight: integer("weight").notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.staffId, t.serviceId] }), index("staff_services_service").on(t.orgId, t.serviceId)],
);

/** Weekly hours of a person, a location, or (neither named) the business. Weekday 0 = Sunday … 6 = Saturday. */
export const weeklyHours = pgTable(
  "weekly_hours",
  {
    id: id(),
    orgId: orgId(),
    staffId: text("staff_id"),
    locationId: text("location_id"),
    weekday: integer("weekday").notNull(),
    startMinute: integer("start_minute").notNull(),
    endMinute: integer("end_minute").notNull(),
  },
  (t) => [index("weekly_hours_staff").on(t.orgId, t.staffId, t.weekday)],
);

/** What replaces the weekly hours on one date; no spans = closed. Neither person nor location = the whole business. */
export const dateOverrides = pgTable(
  "date_overrides",
  {
    id: id(),
    orgId: orgId(),
    staffId: text("staff_id"),
    locationId: text("location_id"),
    onDate: date("on_date", { mode: "string" }).notNull(),
    spans: jsonb("spans").$type<MinuteSpan[]>().notNull(),
    reason: text("reason").notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("date_overrides_key").on(t.orgId, sql`coalesce(${t.staffId}, ${t.locationId}, '')`, t.onDate)],
);

/** Why this person: named by the caller, usual for this contact, fair share, the only one who could, or all together. */
export type AssignedBy = "asked" | "preferred" | "round_robin" | "only_one" | "together";

/**
 * Holds and bookings. A hold is a row with status `held` under the same exclusion constraint
 * (`bookings_no_overlap` over staff and [block_start_ms, block_end_ms), buffers included); booking consumes it.
 *
 * Whoever else a booking occupies stands in rows of its own under the same constraints (`part_of_id` names the booking, whose status they
 * follow by a trigger): further people, and resources beyond the first. Everything that speaks of bookings reads rows without `part_of_id`.
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
    partOfId: text("part_of_id"),
    /** One row per seat of a group service: unique among the live rows of one start, and never above `seats`. */
    seatNo: integer("seat_no"),
    seats: integer("seats"),
    /** Rows with the same key do not exclude each other: seats of one start, rows of one booking. Computed; nobody writes it. */
    sessionKey: text("session_key").generatedAlwaysAs(
      sql`case when seat_no is null then coalesce(part_of_id, id) else service_id || '@' || staff_id || '@' || ((extract(epoch from (starts_at - timestamptz '1970-01-01 00:00:00+00')) * 1000)::bigint)::text end`,
    ),
    resourceId: text("resource_id"),
    locationId: text("location_id"),
    assignedBy: text("assigned_by").$type<AssignedBy>().notNull().default("asked"),
    /** In words, for the owner: "fewest of 3 (2 so far, share 1)". */
    assignedWhy: text("assigned_why").notNull().default(""),
    /** The zone in which the time was said to the caller. */
    timeZone: text("time_zone").notNull(),
    attendeeName: text("attendee_name").notNull().default(""),
    attendeePhone: text("attendee_phone"),
    attendeeEmail: text("attendee_email"),
    notes: text("notes").notNull().default(""),
    /** Booked while the person's calendar was not current: set by the trigger `bookings_known_busy`. */
    tentative: boolean("tentative").notNull().default(false),
    priceCents: integer("price_cents"),
    cancelReason: text("cancel_reason"),
    cancelledAt: at("cancelled_at"),
    /** What is owed for cancelling or moving late, in minor units of `feeCurrency`; recorded, not charged. */
    feeCents: integer("fee_cents").notNull().default(0),
    feeCurrency: text("fee_currency"),
    seriesId: text("series_id"),
    /** The local date of the series' rule this booking stands for, wherever it was moved. */
    seriesOn: date("series_on", { mode: "string" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("bookings_org_id_id_key").on(t.orgId, t.id),
    // What is occupied, and whose turn it is, are read from the index alone: a stretch of it, with whose they are.
    index("bookings_blocks").on(t.orgId, t.blockStartMs, t.blockEndMs, t.status, t.staffId),
    index("bookings_starts").on(t.orgId, t.startsAt, t.id),
    index("bookings_contact").on(t.orgId, t.contactId, t.startsAt),
    index("bookings_call").on(t.orgId, t.callId),
    index("bookings_parts").on(t.orgId, t.partOfId).where(sql`part_of_id is not null`),
    index("bookings_resource_blocks").on(t.orgId, t.resourceId, t.blockStartMs).where(sql`resource_id is not null`),
    index("bookings_by_turn")
      .on(t.orgId, t.serviceId, t.startsAt, t.staffId)
      .where(sql`assigned_by = 'round_robin' and status in ('confirmed', 'completed', 'no_show')`),
    uniqueIndex("bookings_one_per_seat")
      .on(t.staffId, t.sessionKey, t.seatNo)
      .where(sql`seat_no is not null and part_of_id is null and status in ('held', 'confirmed')`),
    index("bookings_to_remind")
      .on(t.startsAt)
      .where(sql`status = 'confirmed' and attendee_email is not null and part_of_id is null`),
    index("bookings_tentative").on(t.orgId, t.staffId).where(sql`tentative`),
    index("bookings_held").on(t.orgId, t.staffId, t.blockStartMs).where(sql`status = 'held'`),
    index("bookings_series").on(t.orgId, t.seriesId, t.seriesOn).where(sql`${t.seriesId} is not null`),
  ],
);
