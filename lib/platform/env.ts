import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { parseKey, sha256Hex } from "./crypto";

/**
 * Configuration, read once. Two modes, decided by what is configured and not by NODE_ENV:
 * embedded = no DATABASE_URL and not on Vercel (everything on this machine, nothing required);
 * deployed = everything else (refuses to start, naming what is missing).
 */
const optional = z
  .string()
  .trim()
  .optional()
  .transform((v) => (v ? v : undefined));

const schema = z.object({
  DATABASE_URL: optional,
  DATABASE_DRIVER: z.enum(["pglite", "pg", "neon"]).optional().catch(undefined),
  DATABASE_PREPARE: z.enum(["on", "off"]).optional().catch(undefined),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).optional(),
  NEON_WS_PROXY: optional,
  VERCEL: optional,
  APP_URL: optional,
  PORT: z.coerce.number().int().min(1).max(65535).optional(),
  HOST: optional,
  CALY_DATA_DIR: optional,
  CALY_EMULATOR_VAPI_URL: optional,
  ENCRYPTION_KEY: optional,
  BETTER_AUTH_SECRET: optional,
  CRON_SECRET: optional,
  CLERK_SECRET_KEY: optional,
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: optional,
  CLERK_JWT_KEY: optional,
  CLERK_WEBHOOK_SIGNING_SECRET: optional,
  SMTP_URL: optional,
  MAIL_FROM: optional,
  UPSTASH_REDIS_REST_URL: optional,
  UPSTASH_REDIS_REST_TOKEN: optional,
  S3_ENDPOINT: optional,
  S3_BUCKET: optional,
  S3_REGION: optional,
  S3_ACCESS_KEY_ID: optional,
  S3_SECRET_ACCESS_KEY: optional,
  BLOB_READ_WRITE_TOKEN: optional,
  SENTRY_DSN: optional,
  NEXT_PUBLIC_SENTRY_DSN: optional,
  SENTRY_ENVIRONMENT: optional,
  TRUSTED_PROXY: z.enum(["vercel", "one-hop"]).optional().catch(undefined),
  VAPI_BASE_URL: optional,
  GOOGLE_CALENDAR_CLIENT_ID: optional,
  GOOGLE_CALENDAR_CLIENT_SECRET: optional,
  MICROSOFT_CALENDAR_CLIENT_ID: optional,
  MICROSOFT_CALENDAR_CLIENT_SECRET: optional,
  CALENDAR_PRIVATE_ORIGINS: optional,
  CALY_EMULATOR_GOOGLE_URL: optional,
  CALY_EMULATOR_MICROSOFT_URL: optional,
  STRIPE_SECRET_KEY: optional,
  STRIPE_WEBHOOK_SECRET: optional,
  CALY_EMULATOR_STRIPE_URL: optional,
  OPERATOR_EMAILS: optional,
  LOG_LEVEL: optional,
});

type Source = Record<string, string | undefined>;

/** Every variable that is read here. */
export const variableNames = Object.keys(schema.shape);

export type Env = {
  mode: "embedded" | "deployed";
  /** No process lives on between requests: work after an answer is deferred, the rest is driven by cron routes. */
  serverless: boolean;
  /** Public origin, no slash at its end. */
  appUrl: string;
  /** True where the socket can be reached only from this machine: the mailbox and the demo entrance exist only then. */
  loopbackOnly: boolean;
  dataDir: string;
  database: {
    url: string | undefined;
    driver: "pglite" | "pg" | "neon" | undefined;
    dataDir: string | undefined;
    maxConnections: number | undefined;
    prepare: boolean;
    neonWsProxy: string | undefined;
  };
  encryptionKey: string;
  authSecret: string;
  cronSecret: string | undefined;
  clerk:
    | { secretKey: string; publishableKey: string; jwtKey: string | undefined; webhookSecret: string | undefined }
    | undefined;
  mail: { smtpUrl: string; from: string } | undefined;
  upstash: { url: string; token: string } | undefined;
  blobs:
    | { driver: "disk"; directory: string }
    | { driver: "s3"; endpoint: string; bucket: string; region: string; accessKeyId: string; secretAccessKey: string }
    | { driver: "vercel-blob"; token: string };
  sentryDsn: string | undefined;
  /** Where pages report their errors; public by nature. */
  browserSentryDsn: string | undefined;
  sentryEnvironment: string;
  /** Which forwarded-for header may be believed; undefined = none. */
  trustedProxy: "vercel" | "one-hop" | undefined;
  vapi: { baseUrl: string; emulatorUrl: string | undefined };
  calendars: {
    google: VendorSettings;
    microsoft: VendorSettings;
    /** Origins of calendar servers inside the own network, which the guard against private addresses lets pass. */
    privateOrigins: string[];
  };
  stripe: {
    secretKey: string | undefined;
    /** Several while one is rotated; none: nobody's deliveries are taken. */
    webhookSecrets: string[];
    emulatorUrl: string | undefined;
  };
  /** Addresses of the people who run this deployment, in small letters. */
  operatorEmails: string[];
  logLevel: string | undefined;
};

/** An OAuth client at a vendor of calendars, and the emulator that stands in for the vendor in embedded mode. */
export type VendorSettings = {
  client: { clientId: string; clientSecret: string } | undefined;
  emulatorUrl: string | undefined;
};

const vendorSettings = (
  embedded: boolean,
  clientId: string | undefined,
  clientSecret: string | undefined,
  emulatorUrl: string | undefined,
): VendorSettings => ({
  client: clientId && clientSecret ? { clientId, clientSecret } : undefined,
  emulatorUrl: embedded ? emulatorUrl?.replace(/\/+$/, "") : undefined,
});

const originsOf = (list: string | undefined): string[] =>
  (list ?? "").split(/[\s,]+/).flatMap((each) => URL.parse(each)?.origin ?? []);

export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

/** Clerk decides sign-in wherever both of its keys are set. Bracket access keeps Next from inlining the public one at build time. */
export const clerkOn = (source: Source = process.env): boolean =>
  Boolean(source.CLERK_SECRET_KEY && source["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY" as string]);

export const isEmbedded = (source: Source = process.env): boolean => !source.DATABASE_URL && !source.VERCEL;

const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1", "[::1]"]);

/** Throws ConfigurationError with one sentence that names everything missing. */
export function readEnv(source: Source = process.env): Env {
  // Set but empty is not set: .env.example names every variable so.
  const parsed = schema.safeParse(Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim())));
  if (!parsed.success)
    throw new ConfigurationError(parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; "));
  const v = parsed.data;
  const embedded = isEmbedded(source);
  const dataDir = path.resolve(/*turbopackIgnore: true*/ v.CALY_DATA_DIR ?? ".data");
  const secrets = embedded ? embeddedSecrets(dataDir) : undefined;
  const mail = v.SMTP_URL ? { smtpUrl: v.SMTP_URL, from: v.MAIL_FROM ?? "Caly <no-reply@localhost>" } : undefined;
  if (!embedded) refuseIncomplete(v, Boolean(mail));
  if (v.ENCRYPTION_KEY) refuseWrongKey(v.ENCRYPTION_KEY);
  return {
    mode: embedded ? "embedded" : "deployed",
    serverless: Boolean(v.VERCEL),
    appUrl: (v.APP_URL ?? `http://127.0.0.1:${v.PORT ?? 3000}`).replace(/\/+$/, ""),
    // Whoever starts the server says where it listens (npm start does): Next by itself listens everywhere.
    loopbackOnly: embedded && LOOPBACK.has(v.HOST ?? ""),
    dataDir,
    database: {
      url: v.DATABASE_URL,
      driver: v.DATABASE_DRIVER,
      dataDir: embedded ? path.join(dataDir, "postgres") : undefined,
      maxConnections: v.DATABASE_POOL_SIZE,
      prepare: v.DATABASE_PREPARE !== "off",
      neonWsProxy: v.NEON_WS_PROXY,
    },
    encryptionKey: v.ENCRYPTION_KEY ?? secrets?.encryptionKey ?? "",
    authSecret: v.BETTER_AUTH_SECRET ?? secrets?.authSecret ?? "",
    cronSecret: v.CRON_SECRET ?? secrets?.cronSecret,
    clerk:
      v.CLERK_SECRET_KEY && v.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY
        ? {
            secretKey: v.CLERK_SECRET_KEY,
            publishableKey: v.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY,
            jwtKey: v.CLERK_JWT_KEY?.replace(/\\n/g, "\n"),
            webhookSecret: v.CLERK_WEBHOOK_SIGNING_SECRET,
          }
        : undefined,
    mail,
    upstash:
      v.UPSTASH_REDIS_REST_URL && v.UPSTASH_REDIS_REST_TOKEN
        ? { url: v.UPSTASH_REDIS_REST_URL, token: v.UPSTASH_REDIS_REST_TOKEN }
        : undefined,
    blobs: blobsFrom(v, dataDir),
    sentryDsn: v.SENTRY_DSN ?? v.NEXT_PUBLIC_SENTRY_DSN,
    browserSentryDsn: v.NEXT_PUBLIC_SENTRY_DSN,
    sentryEnvironment: v.SENTRY_ENVIRONMENT ?? (embedded ? "embedded" : "production"),
    trustedProxy: v.TRUSTED_PROXY ?? (v.VERCEL ? "vercel" : undefined),
    vapi: {
      baseUrl: (v.VAPI_BASE_URL ?? "https://api.vapi.ai").replace(/\/+$/, ""),
      emulatorUrl: embedded ? v.CALY_EMULATOR_VAPI_URL?.replace(/\/+$/, "") : undefined,
    },
    calendars: {
      google: vendorSettings(
        embedded,
        v.GOOGLE_CALENDAR_CLIENT_ID,
        v.GOOGLE_CALENDAR_CLIENT_SECRET,
        v.CALY_EMULATOR_GOOGLE_URL,
      ),
      microsoft: vendorSettings(
        embedded,
        v.MICROSOFT_CALENDAR_CLIENT_ID,
        v.MICROSOFT_CALENDAR_CLIENT_SECRET,
        v.CALY_EMULATOR_MICROSOFT_URL,
      ),
      privateOrigins: originsOf(v.CALENDAR_PRIVATE_ORIGINS),
    },
    stripe: stripeFrom(v, secrets),
    operatorEmails: (v.OPERATOR_EMAILS ?? "")
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
    logLevel: v.LOG_LEVEL,
  };
}

function refuseIncomplete(v: z.output<typeof schema>, hasMail: boolean): void {
  const missing: string[] = [];
  if (!v.DATABASE_URL) missing.push("DATABASE_URL");
  if (!v.ENCRYPTION_KEY) missing.push("ENCRYPTION_KEY");
  if (!v.APP_URL) missing.push("APP_URL");
  const clerk = v.CLERK_SECRET_KEY && v.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY;
  if (!clerk && !(v.BETTER_AUTH_SECRET && hasMail))
    missing.push(
      "sign-in (CLERK_SECRET_KEY and NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY, or BETTER_AUTH_SECRET and SMTP_URL)",
    );
  const s3 = [v.S3_BUCKET, v.S3_ACCESS_KEY_ID, v.S3_SECRET_ACCESS_KEY].filter(Boolean).length;
  // Half of a bucket is a mistake anywhere; a function's disk is gone with the function, and the recordings with it.
  if (!v.BLOB_READ_WRITE_TOKEN && (v.VERCEL ? s3 < 3 : s3 === 1 || s3 === 2))
    missing.push(
      "storage for recordings (S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or BLOB_READ_WRITE_TOKEN)",
    );
  if (missing.length > 0)
    throw new ConfigurationError(`Caly cannot start: missing ${missing.join(", ")}. See .env.example.`);
}

function refuseWrongKey(text: string): void {
  try {
    parseKey(text);
  } catch (error) {
    throw new ConfigurationError(`Caly cannot start: ${error instanceof Error ? error.message : error}`);
  }
}

function blobsFrom(v: z.output<typeof schema>, dataDir: string): Env["blobs"] {
  if (v.S3_BUCKET && v.S3_ACCESS_KEY_ID && v.S3_SECRET_ACCESS_KEY)
    return {
      driver: "s3",
      endpoint: v.S3_ENDPOINT ?? "https://s3.amazonaws.com",
      bucket: v.S3_BUCKET,
      region: v.S3_REGION ?? "auto",
      accessKeyId: v.S3_ACCESS_KEY_ID,
      secretAccessKey: v.S3_SECRET_ACCESS_KEY,
    };
  if (v.BLOB_READ_WRITE_TOKEN) return { driver: "vercel-blob", token: v.BLOB_READ_WRITE_TOKEN };
  return { driver: "disk", directory: path.join(dataDir, "blobs") };
}

/** The emulator signs with a secret that is made of ours and stays the same from start to start. */
function stripeFrom(v: z.output<typeof schema>, secrets: z.output<typeof secretsShape> | undefined): Env["stripe"] {
  const emulatorUrl = secrets && v.CALY_EMULATOR_STRIPE_URL?.replace(/\/+$/, "");
  const configured = (v.STRIPE_WEBHOOK_SECRET ?? "").split(/[\s,]+/).filter(Boolean);
  const emulated = secrets && emulatorUrl && !v.STRIPE_SECRET_KEY;
  return {
    secretKey: v.STRIPE_SECRET_KEY,
    webhookSecrets: emulated ? [`whsec_${sha256Hex(`stripe-webhook ${secrets.authSecret}`)}`] : configured,
    emulatorUrl,
  };
}

const secretsShape = z.object({ encryptionKey: z.string(), authSecret: z.string(), cronSecret: z.string() });

/** Generated once; the file is written exclusively, so that two processes at the first start agree on one. */
function embeddedSecrets(dataDir: string): z.output<typeof secretsShape> {
  const file = path.join(dataDir, "secrets.json");
  const secret = () => randomBytes(32).toString("base64");
  mkdirSync(dataDir, { recursive: true });
  try {
    const fresh = { encryptionKey: secret(), authSecret: secret(), cronSecret: secret() };
    writeFileSync(file, `${JSON.stringify(fresh, null, 2)}\n`, { flag: "wx", mode: 0o600 });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return secretsShape.parse(JSON.parse(readFileSync(file, "utf8")));
  }
}
