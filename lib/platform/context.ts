import type { Database, Tx } from "@/db/client";
import type { Clock } from "./clock";
import type { Logger } from "./logger";

export type Role = "owner" | "admin" | "member" | "viewer";

/** Who acts. The kind decides what may be done (lib/organizations/rules/permissions.ts) and stands in the audit row. */
export type Actor =
  | { kind: "member"; userId: string; memberId: string; role: Role; label: string }
  | { kind: "agent"; callId: string; agentId: string | null; label: string }
  | { kind: "apiKey"; keyId: string; scopes: string[]; label: string }
  | { kind: "system"; job: string }
  | { kind: "webhook"; connectionId: string; provider: string }
  /** Somebody outside, through a public page; `contactId` null while nobody knows who. */
  | { kind: "contact"; contactId: string | null; label: string }
  | { kind: "operator"; userId: string; label: string };

/** What every verb takes first. With `tx` a verb joins that transaction, without it opens its own. */
export type Context = {
  orgId: string;
  actor: Actor;
  database: Database;
  tx?: Tx | undefined;
  clock: Clock;
  log: Logger;
  keys: Keys;
  /** What this transaction has asked the database before it was needed, by the question. */
  ahead?: Map<string, Promise<unknown>> | undefined;
};

/** Keys derived from the master key, one per purpose. */
export type Keys = { secrets: Buffer; slots: Buffer; urls: Buffer };

export const systemActor = (job: string): Actor => ({ kind: "system", job });
