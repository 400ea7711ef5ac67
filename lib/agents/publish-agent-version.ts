import { and, eq } from "drizzle-orm";
import { agents, agentVersions } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";

/** From the next call on the agent speaks by this version; an earlier one may be published again. */
export async function publishAgentVersion(ctx: Context, input: { versionId: string }): Promise<void> {
  authorise(ctx, "agents.write");
  await inTenant(ctx, async (tx, scope) => {
    const [version] = await tx
      .select({ agentId: agentVersions.agentId, number: agentVersions.number })
      .from(agentVersions)
      .where(and(eq(agentVersions.orgId, ctx.orgId), eq(agentVersions.id, input.versionId)));
    if (!version) throw notFound("This version");
    await tx
      .update(agents)
      .set({ publishedVersionId: input.versionId, updatedAt: ctx.clock.now() })
      .where(and(eq(agents.orgId, ctx.orgId), eq(agents.id, version.agentId)));
    await recordChange(scope, tx, {
      action: "agent.changed",
      subject: { kind: "agent", id: version.agentId },
      changes: { published: version.number },
    });
  });
}
