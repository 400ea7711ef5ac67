import { and, eq } from "drizzle-orm";
import { connections } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { forgetConnection } from "./resolve-connection";
import { newSecret, sealFor } from "./secrets";

/**
 * A closed organisation's lines are refused for good, and nothing is kept that opens an account at a provider: the webhook's secret is
 * replaced by one nobody was told, the API key is gone.
 */
export async function closeConnections(ctx: Context): Promise<void> {
  authorise(ctx, "connections.manage");
  const now = ctx.clock.now();
  const closed = await inTenant(ctx, async (tx, scope) => {
    const open = await tx
      .select({ id: connections.id })
      .from(connections)
      .where(eq(connections.orgId, ctx.orgId))
      .for("update");
    for (const { id } of open) {
      await tx
        .update(connections)
        .set({
          webhookSecretEnc: sealFor(ctx, id, newSecret()),
          previousSecretEnc: null,
          previousSecretExpiresAt: null,
          apiKeyEnc: null,
          disabledAt: now,
          updatedAt: now,
        })
        .where(and(eq(connections.orgId, ctx.orgId), eq(connections.id, id)));
      await recordChange(scope, tx, {
        action: "connection.changed",
        subject: { kind: "connection", id },
        changes: { disabled: true, secrets: "removed" },
      });
    }
    return open;
  });
  for (const { id } of closed) forgetConnection(id);
}
