import { sql } from "drizzle-orm";
import { date, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, orgId, updatedAt } from "./columns";
import type { BookingSource } from "./scheduling";

/**
 * What repeats: its bookings carry `series_id` and the local date they stand for (`series_on`). A booking of a series is a booking like any
 * other; the series only says what belongs together and what was asked for.
 */
export const bookingSeries = pgTable(
  "booking_series",
  {
    id: id(),
    orgId: orgId(),
    serviceId: text("service_id").notNull(),
    staffId: text("staff_id").notNull(),
    contactId: text("contact_id"),
    callId: text("call_id"),
    source: text("source").$type<BookingSource>().notNull(),
    /** The zone whose wall clock the times keep. */
    timeZone: text("time_zone").notNull(),
    startsOn: date("starts_on", { mode: "string" }).notNull(),
    startMinute: integer("start_minute").notNull(),
    /** RFC 5545 recurrence rule, without exceptions. */
    rule: text("rule").notNull(),
    /** Local dates of the rule that were left out, asked for or because they could not be had. */
    exceptOn: date("except_on", { mode: "string" }).array().notNull().default([]),
    /** The series this one goes on for: what was changed from one of its dates on. */
    splitFromId: text("split_from_id"),
    attendeeName: text("attendee_name").notNull().default(""),
    attendeePhone: text("attendee_phone"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("booking_series_org_id_id_key").on(t.orgId, t.id),
    index("booking_series_split_from").on(t.orgId, t.splitFromId).where(sql`${t.splitFromId} is not null`),
    index("booking_series_contact").on(t.orgId, t.contactId),
  ],
);
