import { bigint, index, integer, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, id, orgId, updatedAt } from "./columns";

export type SubscriptionStatus =
  | "trialing"
  | "active"
  | "past_due"
  | "unpaid"
  | "paused"
  | "incomplete"
  | "incomplete_expired"
  | "canceled";

/** Why a call is not charged. */
export type Unbilled = "test_call" | "not_answered" | "our_failure" | "too_short";

/** What an organisation has with Caly: one per organisation, none while billing is not configured. */
export const subscriptions = pgTable("subscriptions", {
  orgId: text("org_id").primaryKey(),
  /** A plan of lib/plans and its version: who has subscribed keeps the version. */
  plan: text("plan").notNull(),
  planVersion: integer("plan_version").notNull(),
  status: text("status").$type<SubscriptionStatus>().notNull(),
  currency: text("currency").notNull(),
  billedEvery: text("billed_every").$type<"month" | "year">().notNull().default("month"),
  periodStartsAt: at("period_starts_at").notNull(),
  periodEndsAt: at("period_ends_at").notNull(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/** How a call was counted. Written once; a report that comes later with other facts adds the next revision. */
export const usageRecords = pgTable(
  "usage_records",
  {
    id: id(),
    orgId: orgId(),
    callId: text("call_id").notNull(),
    revision: integer("revision").notNull(),
    agentId: text("agent_id"),
    /** From pick-up to the end. */
    seconds: integer("seconds").notNull(),
    minutes: integer("minutes").notNull(),
    unbilled: text("unbilled").$type<Unbilled>(),
    /** Version of the rule (lib/billing/rules/billable-minutes.ts). */
    ruleVersion: integer("rule_version").notNull(),
    /** What the provider charges, in millionths of a US dollar; null while it has not said. */
    costMicros: bigint("cost_micros", { mode: "bigint" }),
    /** When the call ended: the instant whose period it belongs to. Every revision has the first one's. */
    effectiveAt: at("effective_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("usage_records_once").on(t.orgId, t.callId, t.revision),
    index("usage_records_period").on(t.orgId, t.effectiveAt, t.callId),
  ],
);
