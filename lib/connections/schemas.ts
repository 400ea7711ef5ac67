import { z } from "zod";

const headerName = z
  .string()
  .trim()
  .min(1, "Name the header.")
  .max(64)
  .regex(/^[A-Za-z0-9-]+$/, "A header's name has letters, digits and dashes.");

/** How the provider proves that a webhook is its own. */
export const webhookAuth = z.discriminatedUnion("method", [
  z.object({ method: z.literal("secret_header") }),
  z.object({
    method: z.literal("bearer"),
    headerName: headerName.optional(),
    bearerPrefix: z.boolean().optional(),
  }),
  z.object({
    method: z.literal("hmac"),
    algorithm: z.enum(["sha256", "sha512", "sha1"]).default("sha256"),
    signatureHeader: headerName.default("x-vapi-signature"),
    signaturePrefix: z.string().max(32).default(""),
    encoding: z.enum(["hex", "base64"]).default("hex"),
    payloadFormat: z
      .string()
      .max(100)
      .refine((format) => format.includes("{body}"), "The signed text must hold {body}.")
      .default("{body}"),
    timestampHeader: headerName.optional(),
    secretIsBase64: z.boolean().default(false),
  }),
]);
export type WebhookAuth = z.output<typeof webhookAuth>;

const connectionName = z.string().trim().min(1, "Give it a name.").max(80, "A name has at most 80 letters.");
const apiKey = z.string().trim().min(8, "That is too short for a key.").max(400);

export const createConnectionInput = z.object({
  name: connectionName,
  mode: z.enum(["emulated", "live"]),
  webhookAuth: webhookAuth.default({ method: "secret_header" }),
  apiKey: apiKey.optional(),
  agentId: z.string().optional(),
});
export type CreateConnectionInput = z.input<typeof createConnectionInput>;

export const updateConnectionInput = z.object({
  connectionId: z.string(),
  name: connectionName.optional(),
  webhookAuth: webhookAuth.optional(),
  /** null removes the key. */
  apiKey: apiKey.nullable().optional(),
  agentId: z.string().nullable().optional(),
});
export type UpdateConnectionInput = z.input<typeof updateConnectionInput>;

/** A connection as a member sees it: never a secret. */
export type Connection = {
  id: string;
  name: string;
  provider: "vapi";
  mode: "emulated" | "live";
  webhookAuth: WebhookAuth;
  webhookUrl: string;
  /** Its last four characters, for telling two apart. */
  /** undefined: the secret was kept with another ENCRYPTION_KEY and opens nothing until it is replaced. */
  secretHint: string | undefined;
  previousSecretExpiresAt: Date | null;
  hasApiKey: boolean;
  agentId: string | null;
  firstEventAt: Date | null;
  lastEventAt: Date | null;
  disabledAt: Date | null;
  createdAt: Date;
  phoneNumbers: { id: string; number: string | null; label: string; externalId: string | null }[];
};
