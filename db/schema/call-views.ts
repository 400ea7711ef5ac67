import { jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, orgId, updatedAt } from "./columns";

/** What the address of the list of calls says of it. */
export type CallViewFilter = { q?: string; day?: string; outcome?: string; review?: "1"; agent?: string };

/** A filter of the list of calls under a name. */
export const callViews = pgTable(
  "call_views",
  {
    id: id(),
    orgId: orgId(),
    /** Whose it is; null = everybody's in the organisation. */
    memberId: text("member_id"),
    name: text("name").notNull(),
    filter: jsonb("filter").$type<CallViewFilter>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [unique("call_views_name_key").on(t.orgId, t.memberId, t.name).nullsNotDistinct()],
);
