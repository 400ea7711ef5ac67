import { sql } from "drizzle-orm";
import { agents, agentVersions } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { describeActor, recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import { keepWithinPlan } from "@/lib/plans";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { jobDefaults } from "./rules/job-defaults";
import { agentSettings, type CreateAgentInput, createAgentInput, type PublishedAgent } from "./schemas";

const base = {
  voice: "Elliot",
  model: "gpt-4o",
  language: "en",
  fallbackMessage: "I am sorry, we cannot take your call just now. Please try again in a few minutes.",
  maxCallSeconds: 900,
};

/** A new agent with version 1 published: the job's own settings with what `settings` changes. Throws `forbidden` beyond the plan. */
export async function createAgent(ctx: Context, input: CreateAgentInput): Promise<PublishedAgent> {
  authorise(ctx, "agents.write");
  const { name, job, settings: changed } = parse(createAgentInput, input);
  const { greeting, instructions, tools } = jobDefaults[job];
  const settings = parse(agentSettings, { ...base, greeting, instructions, tools, ...changed });
  const createdAt = ctx.clock.now();
  const agentId = newId("agent");
  const version = {
    id: newId("agentVersion"),
    agentId,
    number: 1,
    settings,
    createdBy: describeActor(ctx.actor).label,
    createdAt,
  };
  const agent = { id: agentId, name, job, active: true, publishedVersionId: version.id, createdAt };
  await inTenant(ctx, async (tx, scope) => {
    await keepWithinPlan(scope, "agents", {
      at: "name",
      count: async () => {
        const { rows } = await tx.execute(
          sql`select count(*)::int as n from agents where org_id = ${ctx.orgId} and active`,
        );
        return (rows[0] as { n: number }).n;
      },
    });
    await tx.insert(agents).values({ ...agent, orgId: ctx.orgId, updatedAt: createdAt });
    await tx.insert(agentVersions).values({ ...version, orgId: ctx.orgId });
    await recordChange(scope, tx, {
      action: "agent.changed",
      subject: { kind: "agent", id: agentId },
      changes: { name, job, published: 1 },
    });
  });
  return { ...agent, version };
}
