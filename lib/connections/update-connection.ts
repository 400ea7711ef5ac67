import { and, eq } from "drizzle-orm";
import { connections } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { parse } from "@/lib/platform/parse";
import { keepNumbersWithinPlan } from "./keep-numbers-within-plan";
import { findRow } from "./read-connections";
import { forgetConnection } from "./resolve-connection";
import { type UpdateConnectionInput, updateConnectionInput } from "./schemas";
import { newSecret, sealFor } from "./secrets";

const PREVIOUS_SECRET_HOURS = 24;

/** Changes a connection; what is left out stays. */
export async function updateConnection(ctx: Context, input: UpdateConnectionInput): Promise<void> {
  const { connectionId, apiKey, ...rest } = parse(updateConnectionInput, input);
  const key = apiKey === undefined ? {} : { apiKeyEnc: apiKey === null ? null : sealFor(ctx, connectionId, apiKey) };
  const changes = {
    ...(rest.name === undefined ? {} : { name: rest.name }),
    ...(rest.webhookAuth === undefined ? {} : { method: rest.webhookAuth.method }),
    ...(rest.agentId === undefined ? {} : { agentId: rest.agentId }),
    ...(apiKey === undefined ? {} : { hasApiKey: apiKey !== null }),
  };
  await change(ctx, connectionId, { ...rest, ...key }, changes);
}

/** A fresh webhook secret, shown this once. The one before is accepted for another 24 hours, so that no call is lost meanwhile. */
export async function rotateConnectionSecret(
  ctx: Context,
  input: { connectionId: string },
): Promise<{ secret: string; previousExpiresAt: Date }> {
  const secret = newSecret();
  const previousExpiresAt = new Date(ctx.clock.now().getTime() + PREVIOUS_SECRET_HOURS * 3_600_000);
  await change(
    ctx,
    input.connectionId,
    (row) => ({
      webhookSecretEnc: sealFor(ctx, input.connectionId, secret),
      previousSecretEnc: row.webhookSecretEnc,
      previousSecretExpiresAt: previousExpiresAt,
    }),
    { rotated: true },
  );
  return { secret, previousExpiresAt };
}

/** Its webhooks are refused from now on; the calls it brought stay. */
export const disableConnection = (ctx: Context, input: { connectionId: string }): Promise<void> =>
  change(ctx, input.connectionId, { disabledAt: ctx.clock.now() }, { disabled: true });

/** Throws `forbidden` beyond the plan's numbers. */
export async function enableConnection(ctx: Context, { connectionId }: { connectionId: string }): Promise<void> {
  authorise(ctx, "connections.manage");
  await inTenant(ctx, async (tx, scope) => {
    const row = await findRow(scope, tx, connectionId);
    if (row.disabledAt) await keepNumbersWithinPlan(scope);
    await change(scope, connectionId, { disabledAt: null }, { disabled: false });
  });
  forgetConnection(connectionId);
}

type Values = Partial<typeof connections.$inferInsert>;

async function change(
  ctx: Context,
  connectionId: string,
  values: Values | ((row: typeof connections.$inferSelect) => Values),
  changes: Record<string, unknown>,
): Promise<void> {
  authorise(ctx, "connections.manage");
  await inTenant(ctx, async (tx, scope) => {
    const row = await findRow(scope, tx, connectionId);
    await tx
      .update(connections)
      .set({ ...(typeof values === "function" ? values(row) : values), updatedAt: ctx.clock.now() })
      .where(and(eq(connections.orgId, ctx.orgId), eq(connections.id, connectionId)));
    await recordChange(scope, tx, {
      action: "connection.changed",
      subject: { kind: "connection", id: connectionId },
      changes,
    });
  });
  forgetConnection(connectionId);
}
