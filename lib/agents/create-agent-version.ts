import { sql } from "drizzle-orm";
import type { z } from "zod";
import { agentVersions } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { describeActor, recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { type AgentVersion, createAgentVersionInput } from "./schemas";

/** The next version of an agent, not yet published. Versions are never changed. */
export async function createAgentVersion(
  ctx: Context,
  input: z.input<typeof createAgentVersionInput>,
): Promise<AgentVersion> {
  authorise(ctx, "agents.write");
  const { agentId, settings } = parse(createAgentVersionInput, input);
  return inTenant(ctx, async (tx, scope) => {
    // Locked first and counted in a second statement: one statement would count what there was before it had to wait.
    const locked = await tx.execute(
      sql`select id from agents where org_id = ${ctx.orgId} and id = ${agentId} for update`,
    );
    if (locked.rows.length === 0) throw notFound("This agent");
    const { rows } = await tx.execute(
      sql`select coalesce(max(number), 0)::int as last from agent_versions where org_id = ${ctx.orgId} and agent_id = ${agentId}`,
    );
    const { last } = rows[0] as { last: number };
    const version: AgentVersion = {
      id: newId("agentVersion"),
      agentId,
      number: last + 1,
      settings,
      createdBy: describeActor(ctx.actor).label,
      createdAt: ctx.clock.now(),
    };
    await tx.insert(agentVersions).values({ ...version, orgId: ctx.orgId });
    await recordChange(scope, tx, {
      action: "agent.changed",
      subject: { kind: "agent", id: agentId },
      changes: { version: version.number },
    });
    return version;
  });
}
