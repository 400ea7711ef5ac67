import { sql } from "drizzle-orm";
import { bigint, customType, text, timestamp } from "drizzle-orm/pg-core";

/** Ids are TypeIDs: kind prefix + UUIDv7 in base32, compared byte by byte (migration: COLLATE "C"), so that id order is time order. */
export const id = () => text("id").primaryKey();
export const orgId = () => text("org_id").notNull();
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
export const createdAt = () => at("created_at").notNull().default(sql`now()`);
export const updatedAt = () => at("updated_at").notNull().default(sql`now()`);
/** Milliseconds since 1970; stays below 2^53 for 285,000 years. */
export const epochMs = (name: string) => bigint(name, { mode: "number" });

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });
export const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
/** 64-bit transaction id: a reader that stays below the oldest running transaction never misses a late commit. */
export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });
