import { and, asc, desc, eq } from "drizzle-orm";
import { agents, agentVersions } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { type AgentJob, type AgentVersion, agentSettings, type PublishedAgent } from "./schemas";

type Joined = { agent: typeof agents.$inferSelect; version: typeof agentVersions.$inferSelect };

const publishedAgent = ({ agent, version }: Joined): PublishedAgent => ({
  id: agent.id,
  name: agent.name,
  job: agent.job as AgentJob,
  active: agent.active,
  publishedVersionId: agent.publishedVersionId,
  createdAt: agent.createdAt,
  version: readVersion(version),
});

const readVersion = (row: Joined["version"]): AgentVersion => ({
  id: row.id,
  agentId: row.agentId,
  number: row.number,
  settings: agentSettings.parse(row.settings),
  createdBy: row.createdBy,
  createdAt: row.createdAt,
});

/** The organisation's agents with what is published, oldest first. */
export async function listAgents(ctx: Context): Promise<PublishedAgent[]> {
  authorise(ctx, "read");
  const rows = await inTenant(ctx, (tx) =>
    tx
      .select({ agent: agents, version: agentVersions })
      .from(agents)
      .innerJoin(agentVersions, eq(agentVersions.id, agents.publishedVersionId))
      .where(eq(agents.orgId, ctx.orgId))
      .orderBy(asc(agents.id))
      .limit(200),
  );
  return rows.map(publishedAgent);
}

/** The agent with its published version; without an id the organisation's first active one. undefined when there is none. */
export async function getPublishedAgent(ctx: Context, agentId?: string | null): Promise<PublishedAgent | undefined> {
  authorise(ctx, "read");
  const [row] = await inTenant(ctx, (tx) =>
    tx
      .select({ agent: agents, version: agentVersions })
      .from(agents)
      .innerJoin(agentVersions, eq(agentVersions.id, agents.publishedVersionId))
      .where(and(eq(agents.orgId, ctx.orgId), agentId ? eq(agents.id, agentId) : eq(agents.active, true)))
      .orderBy(asc(agents.id))
      .limit(1),
  );
  return row && publishedAgent(row);
}

/** An agent's versions, newest first. */
export async function listAgentVersions(ctx: Context, agentId: string): Promise<AgentVersion[]> {
  authorise(ctx, "read");
  const rows = await inTenant(ctx, (tx) =>
    tx
      .select()
      .from(agentVersions)
      .where(and(eq(agentVersions.orgId, ctx.orgId), eq(agentVersions.agentId, agentId)))
      .orderBy(desc(agentVersions.number))
      .limit(100),
  );
  return rows.map(readVersion);
}
