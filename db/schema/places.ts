import { sql } from "drizzle-orm";
import { boolean, date, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, id, orgId, updatedAt } from "./columns";

/** A place of the business. An organisation without any has one place, in its own zone. */
export const locations = pgTable(
  "locations",
  {
    id: id(),
    orgId: orgId(),
    name: text("name").notNull(),
    address: text("address").notNull().default(""),
    /** null = the organisation's zone. */
    timeZone: text("time_zone"),
    position: integer("position").notNull().default(0),
    active: boolean("active").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex("locations_org_id_id_key").on(t.orgId, t.id)],
);

/** Where a service is offered; a service without rows is offered everywhere. */
export const serviceLocations = pgTable(
  "service_locations",
  { orgId: orgId(), serviceId: text("service_id").notNull(), locationId: text("location_id").notNull() },
  (t) => [primaryKey({ columns: [t.serviceId, t.locationId] }), index("service_locations_org").on(t.orgId)],
);

/** A room, a chair, a machine: something of which a booking occupies one. */
export const resources = pgTable(
  "resources",
  {
    id: id(),
    orgId: orgId(),
    name: text("name").notNull(),
    /** null = at every place (it travels with whoever uses it). */
    locationId: text("location_id"),
    position: integer("position").notNull().default(0),
    active: boolean("active").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex("resources_org_id_id_key").on(t.orgId, t.id)],
);

/** When a resource cannot be used: painted, repaired, lent. What is booked in it stays. */
export const resourceClosures = pgTable(
  "resource_closures",
  {
    id: id(),
    orgId: orgId(),
    resourceId: text("resource_id").notNull(),
    startsAt: at("starts_at").notNull(),
    endsAt: at("ends_at").notNull(),
    reason: text("reason").notNull().default(""),
    createdAt: createdAt(),
  },
  (t) => [index("resource_closures_resource").on(t.orgId, t.resourceId, t.endsAt)],
);

/** What a service occupies: one resource of each of its pools. Rows with one `pool` number are alternatives. */
export const serviceResources = pgTable(
  "service_resources",
  {
    orgId: orgId(),
    serviceId: text("service_id").notNull(),
    resourceId: text("resource_id").notNull(),
    pool: integer("pool").notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.serviceId, t.resourceId] }), index("service_resources_org").on(t.orgId)],
);

/** Which country's public holidays the owner sees, and which of them close the business. One row at most. */
export const holidayCalendars = pgTable("holiday_calendars", {
  orgId: orgId().primaryKey(),
  /** ISO 3166-1 alpha-2, and the country's own part as the holiday data names it. */
  country: text("country").notNull(),
  region: text("region"),
  /** Names of the holidays that close the business, as the holiday data gives them. */
  closedOn: text("closed_on").array().notNull().default(sql`'{}'::text[]`),
  /** Up to here dates are written down; beyond, nobody knows yet. */
  knownUntil: date("known_until", { mode: "string" }).notNull(),
  updatedAt: updatedAt(),
});

/** The dates of those holidays. A date override of the business on the same day has precedence. */
export const holidays = pgTable(
  "holidays",
  {
    orgId: orgId(),
    onDate: date("on_date", { mode: "string" }).notNull(),
    name: text("name").notNull(),
    closes: boolean("closes").notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.onDate, t.name] })],
);
