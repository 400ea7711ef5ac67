import { index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { at, orgId } from "./columns";

/** That somebody was to be reminded of a booking at the start it then had: moved, it is another reminder. `sent_at` once a letter went out. */
export const bookingReminders = pgTable(
  "booking_reminders",
  {
    orgId: orgId(),
    bookingId: text("booking_id").notNull(),
    startsAt: at("starts_at").notNull(),
    raisedAt: at("raised_at").notNull(),
    sentAt: at("sent_at"),
  },
  (t) => [primaryKey({ columns: [t.bookingId, t.startsAt] }), index("booking_reminders_org").on(t.orgId, t.bookingId)],
);
