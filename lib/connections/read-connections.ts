import { and, asc, eq } from "drizzle-orm";
import { connections, phoneNumbers } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { notFound } from "@/lib/platform/errors";
import { webhookUrl } from "./rules/webhook-url";
import { type Connection, webhookAuth } from "./schemas";
import { unsealedIfReadable } from "./secrets";

type Row = typeof connections.$inferSelect;
type NumberRow = typeof phoneNumbers.$inferSelect;

function shown(ctx: Context, row: Row, numbers: readonly NumberRow[], appUrl: string): Connection {
  return {
    id: row.id,
    name: row.name,
    provider: row.provider,
    mode: row.mode,
    webhookAuth: webhookAuth.parse(row.webhookAuth),
    webhookUrl: webhookUrl(appUrl, row.id),
    secretHint: unsealedIfReadable(ctx.keys, row.id, row.webhookSecretEnc)?.slice(-4),
    previousSecretExpiresAt: row.previousSecretExpiresAt,
    hasApiKey: row.apiKeyEnc !== null,
    agentId: row.agentId,
    firstEventAt: row.firstEventAt,
    lastEventAt: row.lastEventAt,
    disabledAt: row.disabledAt,
    createdAt: row.createdAt,
    phoneNumbers: numbers
      .filter((number) => number.connectionId === row.id)
      .map(({ id, number, label, externalId }) => ({ id, number, label, externalId })),
  };
}

/** The organisation's connections, oldest first. `appUrl` is the public origin their webhook addresses start with. */
export async function listConnections(ctx: Context, input: { appUrl: string }): Promise<Connection[]> {
  authorise(ctx, "connections.manage");
  return inTenant(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(connections)
      .where(eq(connections.orgId, ctx.orgId))
      .orderBy(asc(connections.id))
      .limit(100);
    const numbers = await tx
      .select()
      .from(phoneNumbers)
      .where(eq(phoneNumbers.orgId, ctx.orgId))
      .orderBy(asc(phoneNumbers.id));
    return rows.map((row) => shown(ctx, row, numbers, input.appUrl));
  });
}

/** Throws `not_found` for an unknown id and for another organisation's. The secret is never part of it. */
export async function getConnection(
  ctx: Context,
  input: { connectionId: string; appUrl: string },
): Promise<Connection> {
  authorise(ctx, "connections.manage");
  return inTenant(ctx, async (tx) => {
    const row = await findRow(ctx, tx, input.connectionId);
    const numbers = await tx
      .select()
      .from(phoneNumbers)
      .where(and(eq(phoneNumbers.orgId, ctx.orgId), eq(phoneNumbers.connectionId, row.id)))
      .orderBy(asc(phoneNumbers.id));
    return shown(ctx, row, numbers, input.appUrl);
  });
}

export async function findRow(ctx: Context, tx: NonNullable<Context["tx"]>, connectionId: string): Promise<Row> {
  const [row] = await tx
    .select()
    .from(connections)
    .where(and(eq(connections.orgId, ctx.orgId), eq(connections.id, connectionId)));
  if (!row) throw notFound("This connection");
  return row;
}
