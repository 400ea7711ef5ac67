import type { Database } from "@/db/client";
import { singleton } from "@/lib/platform/singleton";
import type { ProviderMessage } from "./ports";
import type { LockedCall, MessageSource } from "./store-message";

/** A call as this process saw it last. It may have changed since: good for a guess, which is checked before it is used. */
export type SeenCall = Pick<LockedCall, "id" | "contactId" | "agentId" | "fromNumber">;

const MAX_SEEN = 5_000;

const seenBy = () => singleton("seen-calls", () => new WeakMap<Database, Map<string, SeenCall>>());
const keyOf = (connectionId: string, externalId: string) => `${connectionId} ${externalId}`;

export const seenCall = (database: Database, connectionId: string, externalId: string): SeenCall | undefined =>
  seenBy().get(database)?.get(keyOf(connectionId, externalId));

export function remember(
  { database }: { database: Database },
  source: MessageSource,
  message: ProviderMessage,
  { id, contactId, agentId, fromNumber }: SeenCall,
): void {
  if (!message.call) return;
  const all = seenBy();
  const calls = all.get(database) ?? new Map<string, SeenCall>();
  all.set(database, calls);
  const key = keyOf(source.id, message.call.externalId);
  calls.delete(key);
  calls.set(key, { id, contactId, agentId, fromNumber });
  for (const oldest of calls.keys()) {
    if (calls.size <= MAX_SEEN) break;
    calls.delete(oldest);
  }
}
