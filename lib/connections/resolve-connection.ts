import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { findConnection } from "@/db/system";
import { withTenant } from "@/db/tenant";
import type { Keys } from "@/lib/platform/context";
import { isId } from "@/lib/platform/ids";
import { singleton } from "@/lib/platform/singleton";
import { type WebhookAuth, webhookAuth } from "./schemas";
import { unsealedIfReadable, unsealFor } from "./secrets";

/** What a webhook needs to know of its connection before it is believed. */
export type ResolvedConnection = {
  id: string;
  orgId: string;
  mode: "emulated" | "live";
  webhookAuth: WebhookAuth;
  secrets: { current: string; previous?: { secret: string; expiresAt: Date } | undefined };
  agentId: string | null;
  agentLabel: string;
  timeZone: string;
  /** Where a caller goes when no agent can answer; E.164. */
  transferNumber: string | null;
};

type Entry = { value: Promise<ResolvedConnection | undefined>; expiresAt: number };

const FRESH_MS = 5_000;
/** With the database away, what was known last is better than an unanswered caller. */
const STALE_MS = 15 * 60_000;
/** A caller waits meanwhile. */
const LOOK_UP_MS = 1_500;
const MAX_ENTRIES = 5_000;

const cache = () => singleton("connections", () => new Map<string, Entry>());

/**
 * The connection of a webhook address; undefined for one that does not exist or is disabled. Remembered for five seconds, so that a tool
 * call costs no look-up; a change in this process counts at once, one in another process within those seconds.
 */
export function resolveConnection(
  from: { database: Database; keys: Keys },
  connectionId: string,
): Promise<ResolvedConnection | undefined> {
  if (!isId("connection", connectionId)) return Promise.resolve(undefined);
  const held = cache();
  const now = performance.now();
  const known = held.get(connectionId);
  if (known && known.expiresAt > now) return known.value;
  const value = inTime(load(from, connectionId)).catch((error: unknown) => {
    if (!known || known.expiresAt + STALE_MS < now) {
      held.delete(connectionId);
      throw error;
    }
    return known.value;
  });
  held.delete(connectionId);
  held.set(connectionId, { value, expiresAt: now + FRESH_MS });
  for (const oldest of held.keys()) {
    if (held.size <= MAX_ENTRIES) break;
    held.delete(oldest);
  }
  return value;
}

export function forgetConnection(connectionId: string): void {
  cache().delete(connectionId);
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`The connection was not found within ${LOOK_UP_MS} ms.`)), LOOK_UP_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

async function load(
  { database, keys }: { database: Database; keys: Keys },
  connectionId: string,
): Promise<ResolvedConnection | undefined> {
  const found = await findConnection(database, connectionId);
  if (!found || found.disabled) return undefined;
  const { rows } = await withTenant(database, found.orgId, (tx) =>
    tx.execute(sql`
      select o.transfer_number, (select name from agents where id = ${found.agentId}) as agent_name
      from organizations o where o.id = ${found.orgId}`),
  );
  const org = rows[0] as { transfer_number: string | null; agent_name: string | null } | undefined;
  const previous = found.previousSecretEnc && unsealedIfReadable(keys, found.id, found.previousSecretEnc);
  return {
    id: found.id,
    orgId: found.orgId,
    mode: found.mode,
    webhookAuth: webhookAuth.parse(found.webhookAuth),
    secrets: {
      current: unsealFor(keys, found.id, found.webhookSecretEnc),
      previous:
        previous && found.previousSecretExpiresAt
          ? { secret: previous, expiresAt: found.previousSecretExpiresAt }
          : undefined,
    },
    agentId: found.agentId,
    agentLabel: org?.agent_name ?? "Agent",
    timeZone: found.timeZone,
    transferNumber: org?.transfer_number ?? null,
  };
}
