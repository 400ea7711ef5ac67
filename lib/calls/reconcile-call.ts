import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { applyMessage, contactOf } from "./apply-message";
import type { CallFacts, ProviderCall, ProviderMessage, VoiceProvider } from "./ports";
import { MAX_ATTEMPTS, reconcileAgain } from "./rules/reconcile-schedule";
import { lockCall } from "./store-message";

type Due = {
  connection_id: string;
  external_id: string;
  agent_id: string | null;
  time_zone: string;
  reported: boolean;
  reconcile_after: string | null;
  reconcile_attempts: number;
};

export type Reconciled = "reported" | "gone" | "still_running" | "not_due" | "given_up" | "unreachable";

/**
 * Asks the provider about a call whose report has not come, or that has fallen silent, and applies what it says as the report. A call the
 * provider does not know has ended ("not-found"). `provider` undefined: it cannot be asked. What cannot be learned is tried again, further
 * and further apart; in the end the call counts as ended, so that none is live for ever. A report that comes later is still taken.
 */
export async function reconcileCall(
  ctx: Context,
  callId: string,
  provider: VoiceProvider | undefined,
): Promise<Reconciled> {
  authorise(ctx, "calls.write");
  const due = await findDue(ctx, callId);
  if (!due || due.reported || !due.reconcile_after || new Date(due.reconcile_after) > ctx.clock.now()) return "not_due";
  let answer: ProviderCall;
  try {
    if (!provider) throw new Error("the connection has no key for the provider's API");
    answer = await provider.getCall(due.external_id);
  } catch (error) {
    ctx.log.warn({ err: error, callId }, "call could not be reconciled");
    return postpone(ctx, callId, due, "unreachable");
  }
  if (!answer) {
    await apply(ctx, due, endedFacts(due, "not-found", ctx.clock.now()), { kind: "status" });
    await settle(ctx, callId);
    return "gone";
  }
  if (answer.call.status !== "ended") {
    await apply(ctx, due, answer.call, { kind: "status" });
    return postpone(ctx, callId, due, "still_running");
  }
  await apply(ctx, due, answer.call, { kind: "report", report: answer.report });
  return "reported";
}

async function findDue(ctx: Context, callId: string): Promise<Due | undefined> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select k.connection_id, k.external_id, c.agent_id, o.time_zone, k.reported, k.reconcile_after, k.reconcile_attempts
      from calls k join connections c on c.id = k.connection_id join organizations o on o.id = k.org_id
      where k.org_id = ${ctx.orgId} and k.id = ${callId} and k.erased_at is null`),
  );
  return rows[0] as Due | undefined;
}

function apply(ctx: Context, due: Due, facts: CallFacts, body: ProviderMessage["body"]): Promise<void> {
  const source = { id: due.connection_id, agentId: due.agent_id, timeZone: due.time_zone };
  const message: ProviderMessage = { type: "api", dedupeKey: "", at: undefined, call: facts, body };
  return inTenant(ctx, async (tx, scope) => {
    const call = await lockCall(ctx, tx, source, facts);
    // The report may have come while the provider was asked.
    if (call.isReported || call.erasedAt) return;
    const contactId = await contactOf(scope, call, message);
    await applyMessage(scope, tx, { call, message, contactId });
  });
}

async function postpone(ctx: Context, callId: string, due: Due, otherwise: Reconciled): Promise<Reconciled> {
  const attempts = due.reconcile_attempts + 1;
  if (attempts >= MAX_ATTEMPTS) {
    await apply(ctx, due, endedFacts(due, "unknown", ctx.clock.now()), { kind: "status" });
    await settle(ctx, callId);
    return "given_up";
  }
  const next = reconcileAgain(ctx.clock.now(), attempts);
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update calls set reconcile_attempts = ${attempts}, reconcile_after = ${next?.toISOString() ?? null}::timestamptz
      where org_id = ${ctx.orgId} and id = ${callId} and not reported`),
  );
  return otherwise;
}

/** Not asked about any more. */
const settle = (ctx: Context, callId: string) =>
  inTenant(ctx, (tx) =>
    tx.execute(sql`update calls set reconcile_after = null where org_id = ${ctx.orgId} and id = ${callId}`),
  );

const endedFacts = (due: Due, endedReason: string, now: Date): CallFacts => ({
  externalId: due.external_id,
  status: "ended",
  kind: "phone",
  direction: "inbound",
  endedAt: now,
  endedReason,
});
