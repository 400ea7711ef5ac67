import type { Database } from "@/db/client";
import { upstashKv, upstashRateLimiter } from "@/lib/adapters/upstash";
import type { BlobStore } from "@/lib/platform/blobs";
import { DiskBlobStore } from "@/lib/platform/blobs";
import type { Clock } from "@/lib/platform/clock";
import type { Env } from "@/lib/platform/env";
import { type Kv, MemoryKv } from "@/lib/platform/kv";
import type { Logger } from "@/lib/platform/logger";
import type { Mailer } from "@/lib/platform/mail";
import { MemoryRateLimiter, type RateLimiter } from "@/lib/platform/rate-limit";
import { mailboxMailer } from "./mailbox";

/** Which implementation stands behind each port is decided here, by configuration, and nowhere else. */
export const kvFor = (env: Env): Kv => (env.upstash ? upstashKv(env.upstash) : new MemoryKv());

export const limiterFor = (env: Env, log: Logger): RateLimiter =>
  env.upstash ? upstashRateLimiter(env.upstash, log) : new MemoryRateLimiter();

export async function blobsFor(env: Env): Promise<BlobStore> {
  switch (env.blobs.driver) {
    case "disk":
      return new DiskBlobStore(env.blobs.directory);
    case "s3":
      return (await import("@/lib/adapters/s3")).s3BlobStore(env.blobs);
    case "vercel-blob":
      return (await import("@/lib/adapters/vercel-blob")).vercelBlobStore(env.blobs);
  }
}

/** Without SMTP, embedded mode keeps its mail in the database; a deployed one that signs in through Clerk has none to send. */
export async function mailerFor(env: Env, database: Database, clock: Clock): Promise<Mailer> {
  if (env.mail) return (await import("@/lib/adapters/smtp")).smtpMailer(env.mail);
  if (env.mode === "embedded") return mailboxMailer(database, clock);
  return {
    send: async () => {
      throw new Error("No mail transport is configured: set SMTP_URL.");
    },
  };
}
