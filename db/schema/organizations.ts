import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, id, orgId, updatedAt } from "./columns";
import { users } from "./identity";

export type MemberRole = "owner" | "admin" | "member" | "viewer";

export type OnboardingState = {
  step: 1 | 2 | 3 | 4 | "done";
  channel?: "browser" | "forward" | "new_number" | "provider";
};

/** A tenant. Its policy compares `id` with the setting `app.org_id`. */
export const organizations = pgTable(
  "organizations",
  {
    id: id(),
    externalId: text("external_id"),
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    trade: text("trade").notNull().default("other"),
    country: text("country").notNull().default("US"),
    timeZone: text("time_zone").notNull().default("UTC"),
    currency: text("currency").notNull().default("USD"),
    /** Where a caller is sent who wants a person; E.164. */
    transferNumber: text("transfer_number"),
    retentionDays: integer("retention_days").notNull().default(365),
    /** How long before their start those with an address are reminded; 0 = never. */
    reminderHours: integer("reminder_hours").notNull().default(24),
    isDemo: boolean("is_demo").notNull().default(false),
    /** Another number whenever anything changes that decides when somebody can be booked, bookings and calendars aside; set by triggers. */
    scheduleVersion: bigint("schedule_version", { mode: "bigint" })
      .notNull()
      .default(sql`nextval('schedule_versions')`),
    onboarding: jsonb("onboarding").$type<OnboardingState>().notNull().default({ step: 1 }),
    externalUpdatedAt: at("external_updated_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    deletedAt: at("deleted_at"),
  },
  (t) => [
    uniqueIndex("organizations_slug_key").on(t.slug),
    uniqueIndex("organizations_external_id_key").on(t.externalId),
  ],
);

export const members = pgTable(
  "members",
  {
    id: id(),
    orgId: orgId(),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role").$type<MemberRole>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("members_org_id_id_key").on(t.orgId, t.id),
    uniqueIndex("members_org_user_key").on(t.orgId, t.userId),
    index("members_user_id").on(t.userId),
  ],
);

export const invitations = pgTable(
  "invitations",
  {
    id: id(),
    orgId: orgId(),
    email: text("email").notNull(),
    role: text("role").$type<MemberRole>().notNull(),
    tokenHash: text("token_hash").notNull(),
    invitedBy: text("invited_by").notNull(),
    expiresAt: at("expires_at").notNull(),
    acceptedAt: at("accepted_at"),
    revokedAt: at("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("invitations_token_hash_key").on(t.tokenHash), index("invitations_org").on(t.orgId, t.createdAt)],
);

export type ActorKind = "member" | "agent" | "apiKey" | "system" | "webhook" | "contact" | "operator";

export const auditEntries = pgTable(
  "audit_entries",
  {
    id: id(),
    orgId: orgId(),
    actorKind: text("actor_kind").$type<ActorKind>().notNull(),
    actorId: text("actor_id"),
    actorLabel: text("actor_label").notNull(),
    action: text("action").notNull(),
    subjectKind: text("subject_kind").notNull(),
    subjectId: text("subject_id").notNull(),
    changes: jsonb("changes").$type<Record<string, unknown>>().notNull().default({}),
    createdAt: createdAt(),
  },
  (t) => [
    index("audit_entries_page").on(t.orgId, t.createdAt, t.id),
    index("audit_entries_subject").on(t.orgId, t.subjectId),
  ],
);
