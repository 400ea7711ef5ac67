import { sql } from "drizzle-orm";
import { boolean, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, orgId, updatedAt } from "./columns";

/** `cents` in minor units of the organisation's currency; `percent` of the booking's price. */
export type CancellationFee = { kind: "percent"; percent: number } | { kind: "fixed"; cents: number };
/** What holds when less than `withinMinutes` are left before the start. */
export type CancellationWindow = { withinMinutes: number; fee: CancellationFee | null; isRefused: boolean };

/** What cancelling late costs, for one service or (`serviceId` null) for every service without a policy of its own. */
export const cancellationPolicies = pgTable(
  "cancellation_policies",
  {
    id: id(),
    orgId: orgId(),
    serviceId: text("service_id"),
    windows: jsonb("windows").$type<CancellationWindow[]>().notNull(),
    /** Moving a booking counts as cancelling it. */
    coversMoves: boolean("covers_moves").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex("cancellation_policies_key").on(t.orgId, sql`coalesce(${t.serviceId}, '')`)],
);
