import { connections } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { keepNumbersWithinPlan } from "./keep-numbers-within-plan";
import { type CreateConnectionInput, createConnectionInput } from "./schemas";
import { newSecret, sealFor } from "./secrets";

/**
 * A new connection with a fresh webhook secret, which is shown this once. `apiKey` is for asking the provider's API. Throws `forbidden` beyond the
 * plan's numbers.
 */
export async function createConnection(
  ctx: Context,
  input: CreateConnectionInput,
): Promise<{ connectionId: string; secret: string }> {
  authorise(ctx, "connections.manage");
  const { name, mode, webhookAuth, apiKey, agentId } = parse(createConnectionInput, input);
  const connectionId = newId("connection");
  const secret = newSecret();
  const now = ctx.clock.now();
  await inTenant(ctx, async (tx, scope) => {
    await keepNumbersWithinPlan(scope, "name");
    await tx.insert(connections).values({
      id: connectionId,
      orgId: ctx.orgId,
      provider: "vapi",
      mode,
      name,
      webhookAuth,
      webhookSecretEnc: sealFor(ctx, connectionId, secret),
      apiKeyEnc: apiKey ? sealFor(ctx, connectionId, apiKey) : null,
      agentId: agentId ?? null,
      createdAt: now,
      updatedAt: now,
    });
    await recordChange(scope, tx, {
      action: "connection.changed",
      subject: { kind: "connection", id: connectionId },
      changes: { name, mode, method: webhookAuth.method, hasApiKey: Boolean(apiKey) },
    });
  });
  return { connectionId, secret };
}
