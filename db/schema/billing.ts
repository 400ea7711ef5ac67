import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
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
export type Unbilled = "test_call" | "not_answered" | "our_failure" | "too_short" | "limited";

/** What an organisation has with Caly: one per organisation, none while billing is not configured. */
export const subscriptions = pgTable(
  "subscriptions",
  {
    orgId: text("org_id").primaryKey(),
    /** A plan of lib/plans and its version: who has subscribed keeps the version. */
    plan: text("plan").notNull(),
    planVersion: integer("plan_version").notNull(),
    status: text("status").$type<SubscriptionStatus>().notNull(),
    currency: text("currency").notNull(),
    billedEvery: text("billed_every").$type<"month" | "year">().notNull().default("month"),
    periodStartsAt: at("period_starts_at").notNull(),
    periodEndsAt: at("period_ends_at").notNull(),
    /** The customer and the subscription at the engine that collects; null until the first checkout. */
    customerRef: text("customer_ref"),
    subscriptionRef: text("subscription_ref"),
    /** Minutes of calls that ended before it belong to the trial and are never charged. */
    billedFrom: at("billed_from"),
    /** When the plan was last changed within a period: minutes before it were settled by the change, the plan's included ones begin anew. */
    minutesFrom: at("minutes_from"),
    /** It ends then; null while it goes on. */
    cancelAt: at("cancel_at"),
    endedAt: at("ended_at"),
    /** Since when a payment is owed; grace is counted from it. */
    pastDueSince: at("past_due_since"),
    /** The owner's limit for charges beyond the plan in one period, in the currency's minor unit. */
    spendingCap: bigint("spending_cap", { mode: "bigint" }),
    /** Number of the reading at the engine that this row shows: an older reading never overwrites it. */
    readingNo: bigint("reading_no", { mode: "bigint" }).notNull().default(sql`0`),
    /** Who sends its minutes just now, and until when nobody else does. */
    meterLease: text("meter_lease"),
    meterLeaseUntil: at("meter_lease_until"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("subscriptions_customer").on(t.customerRef),
    uniqueIndex("subscriptions_ref").on(t.subscriptionRef),
  ],
);

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

export type InvoiceStatus = "draft" | "open" | "paid" | "uncollectible" | "void";
/** What a line of an invoice is for. */
export type InvoiceLineKind = "plan" | "minutes" | "proration" | "credit" | "other";

/**
 * An invoice as the engine that collects last showed it. What it means in money stands in the ledger. Neither it nor anything else of billing
 * holds personal data (names, addresses and cards stay at the engine): closing an organisation leaves it, as the law on books wants.
 */
export const invoices = pgTable(
  "invoices",
  {
    id: id(),
    orgId: orgId(),
    ref: text("ref").notNull(),
    /** As printed on it; null while it is a draft. */
    number: text("number"),
    status: text("status").$type<InvoiceStatus>().notNull(),
    /** The engine's word for what made it: subscription_create, subscription_cycle, subscription_update, manual … */
    reason: text("reason").notNull(),
    currency: text("currency").notNull(),
    subtotal: bigint("subtotal", { mode: "bigint" }).notNull(),
    tax: bigint("tax", { mode: "bigint" }).notNull(),
    total: bigint("total", { mode: "bigint" }).notNull(),
    amountDue: bigint("amount_due", { mode: "bigint" }).notNull(),
    amountPaid: bigint("amount_paid", { mode: "bigint" }).notNull(),
    periodStartsAt: at("period_starts_at").notNull(),
    periodEndsAt: at("period_ends_at").notNull(),
    issuedAt: at("issued_at").notNull(),
    paidAt: at("paid_at"),
    /** When the engine tries to collect again. */
    nextAttemptAt: at("next_attempt_at"),
    readingNo: bigint("reading_no", { mode: "bigint" }).notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("invoices_ref").on(t.ref),
    uniqueIndex("invoices_org_id").on(t.orgId, t.id),
    index("invoices_issued").on(t.orgId, t.issuedAt, t.id),
  ],
);

export const invoiceLines = pgTable(
  "invoice_lines",
  {
    orgId: orgId(),
    invoiceId: text("invoice_id").notNull(),
    position: integer("position").notNull(),
    ref: text("ref").notNull(),
    kind: text("kind").$type<InvoiceLineKind>().notNull(),
    description: text("description").notNull(),
    /** Of which plan; null for what belongs to none. */
    plan: text("plan"),
    planVersion: integer("plan_version"),
    /** How often who has the plan's price pays; null where the line is for none, or was read before this was kept. */
    billedEvery: text("billed_every").$type<"month" | "year">(),
    quantity: bigint("quantity", { mode: "bigint" }),
    /** Before tax, after discounts; negative for what is given back. */
    amount: bigint("amount", { mode: "bigint" }).notNull(),
    periodStartsAt: at("period_starts_at").notNull(),
    periodEndsAt: at("period_ends_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.invoiceId, t.position] })],
);

export type MeterEventState = "pending" | "sent" | "cancelling" | "cancelled" | "credited" | "refused" | "given_up";

/** Minutes on their way to the engine's meter: the outbox of usage. A correction is an event, a cancellation or a credit of its own. */
export const meterEvents = pgTable(
  "meter_events",
  {
    orgId: orgId(),
    callId: text("call_id").notNull(),
    /** Of the usage record that it brings the meter to. */
    revision: integer("revision").notNull(),
    /** What the engine knows it by, made of the call and the revision: it takes the same one once within a day. */
    identifier: text("identifier").notNull(),
    minutes: integer("minutes").notNull(),
    state: text("state").$type<MeterEventState>().notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: at("next_attempt_at").notNull(),
    /** When it was first sent without an answer that says whether it was taken. */
    triedAt: at("tried_at"),
    sentAt: at("sent_at"),
    /** Why it was refused, in the engine's word. */
    problem: text("problem"),
    effectiveAt: at("effective_at").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.callId, t.revision] }),
    uniqueIndex("meter_events_identifier").on(t.identifier),
    index("meter_events_due").on(t.state, t.nextAttemptAt),
    index("meter_events_period").on(t.orgId, t.effectiveAt),
  ],
);

/** A difference that somebody has to see: between our meter, the engine that collects and the provider's own costs. */
export const billingItems = pgTable(
  "billing_items",
  {
    id: id(),
    orgId: orgId(),
    kind: text("kind").notNull(),
    /** What it is about: a call, an invoice, a meter event or a refund, by our id or the engine's. */
    subject: text("subject").notNull(),
    /** Told in figures: what each side says. */
    facts: jsonb("facts").$type<Record<string, string | number | null>>().notNull(),
    /** What would put it right. */
    proposal: text("proposal").notNull(),
    isOpen: boolean("is_open").notNull().default(true),
    foundAt: at("found_at").notNull(),
    closedAt: at("closed_at"),
    closedBecause: text("closed_because"),
  },
  (t) => [
    uniqueIndex("billing_items_open").on(t.orgId, t.kind, t.subject).where(sql`is_open`),
    index("billing_items_found").on(t.orgId, t.foundAt),
  ],
);

/** That owners were told, once in a period: at so many percent of their spending cap or of their trial's minutes, so many days before its end, and since a payment is owed. */
export const spendingAlerts = pgTable(
  "spending_alerts",
  {
    orgId: orgId(),
    periodStartsAt: at("period_starts_at").notNull(),
    what: text("what").$type<"cap" | "trial" | "trial_days" | "payment">().notNull(),
    threshold: integer("threshold").notNull(),
    /** Also where a further threshold was reached at the same moment, whose letter says more. */
    mailedAt: at("mailed_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.periodStartsAt, t.what, t.threshold] }),
    index("spending_alerts_to_mail").on(t.createdAt).where(sql`mailed_at is null`),
  ],
);

/**
 * What the engine that collects has told us happened: a hint, kept without its contents. What it means is read at the engine. Not a tenant's:
 * it names a customer whose organisation is found when it is worked on.
 */
export const billingEvents = pgTable(
  "billing_events",
  {
    /** The engine's own id of it: the same again is nothing new. */
    id: id(),
    kind: text("kind").notNull(),
    /** The object that it is about. */
    objectRef: text("object_ref"),
    customerRef: text("customer_ref"),
    isThin: boolean("is_thin").notNull(),
    happenedAt: at("happened_at").notNull(),
    receivedAt: at("received_at").notNull(),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: at("next_attempt_at").notNull(),
    doneAt: at("done_at"),
    /** applied, ignored, unknown_customer …; null while it waits. */
    outcome: text("outcome"),
  },
  (t) => [index("billing_events_due").on(t.nextAttemptAt).where(sql`done_at is null`)],
);
