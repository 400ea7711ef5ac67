import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inTenant, withSavepoint } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Actor, Context } from "@/lib/platform/context";
import { type Applied, applyMessage, contactOf } from "./apply-message";
import type { CallFacts, ProviderMessage, ToolRequest, ToolResult, ToolRunner } from "./ports";
import { remember, type SeenCall, seenCall } from "./seen-calls";
import { type MessageSource, storeMessage } from "./store-message";

export const COULD_NOT: ToolResult = {
  status: "failed",
  say: "I could not reach the calendar just now. May I take a message, so that somebody calls you back?",
};

/** The caller is waiting for the sentence, not for its being kept. */
const KEEP_FAILED_MS = 1_000;

type ToolSource = MessageSource & { agentLabel: string };
type Answer = { request: ToolRequest; result: ToolResult };

/**
 * Runs the tools a message asks for and answers each, in its order. Inbox row, claim, effect, audit, event and result are one
 * transaction. A tool call that was here before, in this message or another, gets its first result and has no second effect, also when
 * both arrive at once. A failing tool says so and spoils nothing else; when nothing can be stored, every answer says so. Never throws.
 */
export async function receiveToolCalls(
  ctx: Context,
  source: ToolSource,
  input: { raw: string; message: ProviderMessage },
  run: ToolRunner,
): Promise<Answer[]> {
  authorise(ctx, "calls.write");
  const requests = input.message.body.kind === "tool_calls" ? input.message.body.requests : [];
  try {
    return await inTransaction(ctx, source, input, requests, run);
  } catch (error) {
    ctx.log.error({ err: error, callExternalId: input.message.call?.externalId }, "tool calls failed");
    const kept = keepFailed(ctx, source, input, requests).catch((again) =>
      ctx.log.error({ err: again }, "failed tool calls could not be stored"),
    );
    await Promise.race([kept, new Promise((resolve) => setTimeout(resolve, KEEP_FAILED_MS))]);
    return requests.map((request) => ({ request, result: COULD_NOT }));
  }
}

function inTransaction(
  ctx: Context,
  source: ToolSource,
  { raw, message }: { raw: string; message: ProviderMessage },
  requests: readonly ToolRequest[],
  run: ToolRunner,
): Promise<Answer[]> {
  return inTenant(ctx, async (tx, scope) => {
    const seen = message.call && seenCall(ctx.database, source.id, message.call.externalId);
    const storing = storeMessage(ctx, tx, source, message, raw, { requests, isSeen: seen !== undefined });
    const ahead = seen && readAhead(scope, source, message, seen, requests, run);
    const { inboxId, call, claimed, tools } = await storing;
    if (!call || call.erasedAt) return requests.map((request) => ({ request, result: COULD_NOT }));
    const contactId = claimed.size > 0 ? await contactOf(scope, call, message) : call.contactId;
    remember(scope, source, message, { ...call, contactId });
    const isAlone = claimed.size === 1;
    const fresh = new Map<string, { result: ToolResult; durationMs: number }>();
    for (const request of requests) {
      if (!claimed.has(request.id) || fresh.has(request.id)) continue;
      const caller = { ...whoCalls(source, call, message.call), callId: call.id, contactId, tools };
      const work = () => run({ ...asAgent(scope, source, call), ahead }, request, caller);
      const startedAt = performance.now();
      const result = isAlone ? await work() : await orFailure(scope, tx, request, work);
      fresh.set(request.id, { result, durationMs: performance.now() - startedAt });
    }
    if (inboxId || fresh.size > 0)
      await applyMessage(scope, tx, { call, message, contactId }, whatHappened(message, requests, fresh));
    const earlier =
      fresh.size < new Set(requests.map((r) => r.id)).size ? await firstResults(scope, tx, call.id) : undefined;
    return requests.map((request) => ({
      request,
      result: fresh.get(request.id)?.result ?? earlier?.get(request.id) ?? COULD_NOT,
    }));
  });
}

/** What the tool will read is asked for while the message is being stored, if the call has been seen here before. */
function readAhead(
  ctx: Context,
  source: ToolSource,
  { call }: ProviderMessage,
  seen: SeenCall,
  requests: readonly ToolRequest[],
  run: ToolRunner,
): Context["ahead"] {
  const [request, another] = requests;
  if (!run.readAhead || !request || another || !ctx.database.pool) return undefined;
  const ahead = new Map<string, Promise<unknown>>();
  const caller = { ...whoCalls(source, seen, call), callId: seen.id, contactId: seen.contactId };
  run.readAhead({ ...asAgent(ctx, source, seen), ahead }, request, caller);
  // One that nobody comes to want fails unheard: what follows it in the transaction fails too.
  for (const answer of ahead.values()) answer.catch(() => {});
  return ahead;
}

async function orFailure(
  ctx: Context,
  tx: Tx,
  request: ToolRequest,
  work: () => Promise<ToolResult>,
): Promise<ToolResult> {
  try {
    return await withSavepoint(tx, work);
  } catch (error) {
    ctx.log.error({ err: error, tool: request.name }, "tool failed");
    return COULD_NOT;
  }
}

function whatHappened(
  { body }: ProviderMessage,
  requests: readonly ToolRequest[],
  fresh: Map<string, { result: ToolResult; durationMs: number }>,
): Applied {
  const asked = new Map(requests.map((request) => [request.id, request]));
  const offsetMs = (body.kind === "tool_calls" ? body.offsetMs : undefined) ?? null;
  const done = [...fresh].flatMap(([id, what]) => {
    const request = asked.get(id);
    return request ? [{ request, offsetMs, ...what }] : [];
  });
  return {
    toolResults: done,
    events: done.map(({ request, result }) => ({
      kind: "call.tool_called" as const,
      payload: { toolCallId: request.id, name: request.name, status: result.status },
    })),
  };
}

/** What an agent does in a call stands in the audit as the agent's. */
function asAgent(ctx: Context, source: ToolSource, call: { id: string; agentId: string | null }): Context {
  const actor: Actor = { kind: "agent", callId: call.id, agentId: call.agentId, label: source.agentLabel };
  return { ...ctx, actor };
}

const whoCalls = (source: ToolSource, call: { fromNumber: string | null }, told: CallFacts | undefined) => ({
  fromNumber: call.fromNumber ?? told?.fromNumber ?? null,
  timeZone: source.timeZone,
});

async function firstResults(ctx: Context, tx: Tx, callId: string): Promise<Map<string, ToolResult>> {
  const { rows } = await tx.execute(
    sql`select external_id, status, result from tool_calls where org_id = ${ctx.orgId} and call_id = ${callId} and result is not null`,
  );
  const stored = rows as { external_id: string; status: ToolResult["status"]; result: Omit<ToolResult, "status"> }[];
  return new Map(stored.map(({ external_id, status, result }) => [external_id, { status, ...result }]));
}

/** The caller has been told that it failed, so it is not tried again: the rows say what was said. */
async function keepFailed(
  ctx: Context,
  source: ToolSource,
  input: { raw: string; message: ProviderMessage },
  requests: readonly ToolRequest[],
): Promise<void> {
  await inTenant(ctx, async (tx, scope) => {
    const { inboxId, call, claimed } = await storeMessage(ctx, tx, source, input.message, input.raw, { requests });
    if (!call || (!inboxId && claimed.size === 0)) return;
    const failed = new Map([...claimed].map((id) => [id, { result: COULD_NOT, durationMs: 0 }]));
    const facts = { call, message: input.message, contactId: call.contactId };
    await applyMessage(scope, tx, facts, whatHappened(input.message, requests, failed));
  });
}
