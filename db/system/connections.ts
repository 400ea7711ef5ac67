import { sql } from "drizzle-orm";
import type { Database } from "../client";
import type { WebhookAuth } from "../schema";
import { rows, type TenantRef, toDate } from "./rows";

export type ConnectionForWebhook = {
  id: string;
  orgId: string;
  provider: "vapi";
  mode: "emulated" | "live";
  webhookAuth: WebhookAuth;
  webhookSecretEnc: string;
  previousSecretEnc: string | null;
  previousSecretExpiresAt: Date | null;
  agentId: string | null;
  timeZone: string;
  disabled: boolean;
};

export async function findConnection(
  database: Database,
  connectionId: string,
): Promise<ConnectionForWebhook | undefined> {
  type Row = Record<string, unknown>;
  const [row] = await rows<Row>(database, sql`select * from system_find_connection(${connectionId})`);
  if (!row) return undefined;
  return {
    id: row.id as string,
    orgId: row.org_id as string,
    provider: row.provider as "vapi",
    mode: row.mode as "emulated" | "live",
    webhookAuth: row.webhook_auth as WebhookAuth,
    webhookSecretEnc: row.webhook_secret_enc as string,
    previousSecretEnc: row.previous_secret_enc as string | null,
    previousSecretExpiresAt: toDate(row.previous_secret_expires_at),
    agentId: row.agent_id as string | null,
    timeZone: row.time_zone as string,
    disabled: row.disabled as boolean,
  };
}

export const listEmulatedConnections = (database: Database, afterId: string, limit: number) =>
  rows<TenantRef>(database, sql`select id, org_id as "orgId" from system_emulated_connections(${afterId}, ${limit})`);
