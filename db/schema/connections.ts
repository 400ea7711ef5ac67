import { index, jsonb, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { at, createdAt, id, orgId, updatedAt } from "./columns";

export type ConnectionProvider = "vapi";
/** `emulated` talks to the local emulator, `live` to the vendor. */
export type ConnectionMode = "emulated" | "live";

/** How the provider proves a webhook; see lib/adapters/vapi/verify.ts. */
export type WebhookAuth =
  | { method: "secret_header" }
  | { method: "bearer"; headerName?: string; bearerPrefix?: boolean }
  | {
      method: "hmac";
      algorithm: "sha256" | "sha512" | "sha1";
      signatureHeader: string;
      signaturePrefix: string;
      encoding: "hex" | "base64";
      /** Tokens {body} and {timestamp}. */
      payloadFormat: string;
      timestampHeader?: string;
      secretIsBase64: boolean;
    };

export const connections = pgTable(
  "connections",
  {
    id: id(),
    orgId: orgId(),
    provider: text("provider").$type<ConnectionProvider>().notNull(),
    mode: text("mode").$type<ConnectionMode>().notNull(),
    name: text("name").notNull(),
    webhookAuth: jsonb("webhook_auth").$type<WebhookAuth>().notNull(),
    /** AES-256-GCM by lib/platform/crypto; never leaves the server. */
    webhookSecretEnc: text("webhook_secret_enc").notNull(),
    /** Accepted beside the current one until it expires, so that a rotation drops no call. */
    previousSecretEnc: text("previous_secret_enc"),
    previousSecretExpiresAt: at("previous_secret_expires_at"),
    apiKeyEnc: text("api_key_enc"),
    agentId: text("agent_id"),
    firstEventAt: at("first_event_at"),
    lastEventAt: at("last_event_at"),
    disabledAt: at("disabled_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [uniqueIndex("connections_org_id_id_key").on(t.orgId, t.id)],
);

export const phoneNumbers = pgTable(
  "phone_numbers",
  {
    id: id(),
    orgId: orgId(),
    connectionId: text("connection_id").notNull(),
    externalId: text("external_id"),
    /** E.164; null for a browser-only line. */
    number: text("number"),
    label: text("label").notNull(),
    agentId: text("agent_id"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("phone_numbers_org").on(t.orgId),
    uniqueIndex("phone_numbers_external_key").on(t.connectionId, t.externalId),
  ],
);
