import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, id, orgId, updatedAt } from "./columns";

export type AgentSettings = {
  greeting: string;
  instructions: string;
  voice: string;
  model: string;
  language: string;
  tools: string[];
  /** Spoken when nothing else can be said. */
  fallbackMessage: string;
  maxCallSeconds: number;
};

export const agents = pgTable(
  "agents",
  {
    id: id(),
    orgId: orgId(),
    name: text("name").notNull(),
    job: text("job").notNull(),
    publishedVersionId: text("published_version_id"),
    active: boolean("active").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex("agents_org_id_id_key").on(t.orgId, t.id)],
);

/** Immutable: the tenant role may insert and read, never update. */
export const agentVersions = pgTable(
  "agent_versions",
  {
    id: id(),
    orgId: orgId(),
    agentId: text("agent_id").notNull(),
    number: integer("number").notNull(),
    settings: jsonb("settings").$type<AgentSettings>().notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("agent_versions_number_key").on(t.agentId, t.number),
    index("agent_versions_org").on(t.orgId, t.agentId),
  ],
);
