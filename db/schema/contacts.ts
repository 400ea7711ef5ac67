import { index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, id, orgId, updatedAt } from "./columns";

/** A caller as the organisation knows them. */
export const contacts = pgTable(
  "contacts",
  {
    id: id(),
    orgId: orgId(),
    name: text("name").notNull().default(""),
    /** E.164. */
    phone: text("phone"),
    email: text("email"),
    language: text("language"),
    notes: text("notes").notNull().default(""),
    /** Who usually serves them: has precedence where free and nobody else was asked for. */
    preferredStaffId: text("preferred_staff_id"),
    lastSeenAt: at("last_seen_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("contacts_org_id_id_key").on(t.orgId, t.id),
    uniqueIndex("contacts_phone_key").on(t.orgId, t.phone),
    index("contacts_page").on(t.orgId, t.lastSeenAt, t.id),
  ],
);
