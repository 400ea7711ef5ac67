import type { App } from "./app";

export const rejectedKey = (connectionId: string): string => `webhook-rejected:${connectionId}`;

/** Webhooks to this address that were refused within the last day. */
export async function rejectedWebhooks(app: Pick<App, "kv">, connectionId: string): Promise<number> {
  return Number((await app.kv.get(rejectedKey(connectionId))) ?? 0) || 0;
}
