/**
 * The only reads that precede a tenant. Each is a SECURITY DEFINER function of a migration with minimal columns,
 * callable by app_system alone; db/catalog.test.ts holds the same list.
 */
export * from "./billing";
export * from "./booking-pages";
export * from "./calendars";
export * from "./calls";
export * from "./connections";
export * from "./events";
export * from "./manage-links";
export * from "./operator";
export * from "./organizations";
export * from "./reminders";
export type { TenantRef } from "./rows";
export * from "./waitlist";
