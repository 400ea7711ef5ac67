import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { applyMessage, contactOf } from "./apply-message";
import type { ProviderMessage } from "./ports";
import { remember, seenCall } from "./seen-calls";
import { type MessageSource, storeMessage } from "./store-message";

export type Received = "applied" | "duplicate" | "kept";

/**
 * Stores a provider's message durably and applies it, in one transaction. "duplicate": it was here before and changed nothing.
 * "kept": it could not be applied; it stays in the inbox with the error and `processInbox` tries again. Throws only when it could not
 * even be stored, so that the provider is not told that it was.
 */
export async function receiveEvent(
  ctx: Context,
  source: MessageSource,
  input: { raw: string; message: ProviderMessage },
): Promise<Received> {
  authorise(ctx, "calls.write");
  const { raw, message } = input;
  try {
    const isSeen =
      message.call !== undefined && seenCall(ctx.database, source.id, message.call.externalId) !== undefined;
    return await inTenant(ctx, async (tx, scope) => {
      const { inboxId, call } = await storeMessage(ctx, tx, source, message, raw, { isSeen });
      if (!inboxId) return "duplicate";
      if (!call) return "applied";
      const contactId = await contactOf(scope, call, message);
      await applyMessage(scope, tx, { call, message, contactId });
      remember(scope, source, message, { ...call, contactId });
      return "applied";
    });
  } catch (error) {
    ctx.log.error({ err: error, type: message.type, callExternalId: message.call?.externalId }, "message not applied");
    await keepUnprocessed(ctx, source, input, error);
    return "kept";
  }
}

/** The message alone, for a later try. */
async function keepUnprocessed(
  ctx: Context,
  source: MessageSource,
  { raw, message }: { raw: string; message: ProviderMessage },
  error: unknown,
): Promise<void> {
  const now = ctx.clock.now().toISOString();
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      insert into inbox_events (id, org_id, connection_id, call_external_id, kind, dedupe_key, body, received_at, attempts, error)
      values (${newId("inbox")}, ${ctx.orgId}, ${source.id}, ${message.call?.externalId ?? null}, ${message.type}, ${message.dedupeKey}, ${raw},
        ${now}::timestamptz, 1, ${failureText(error)})
      on conflict (connection_id, dedupe_key) do nothing`),
  );
}

/** Without the statement and its values, which hold what the caller said. */
export function failureText(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return (cause instanceof Error ? `${cause.name}: ${cause.message}` : "unknown failure").slice(0, 500);
}
