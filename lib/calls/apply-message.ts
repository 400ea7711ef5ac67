import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { normalisePhone, upsertContactByPhone } from "@/lib/contacts";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { type CallPatch, type Finish, finishMessage } from "./finish-message";
import type { CallReport, ProviderMessage } from "./ports";
import { lengthSeconds, withFacts } from "./rules/call-facts";
import { outcomeOf } from "./rules/outcome";
import { reconcileAfterMessage } from "./rules/reconcile-schedule";
import { transcriptOf } from "./rules/transcript";
import type { LockedCall } from "./store-message";

export type Applied = {
  toolResults: Finish["toolResults"];
  events: Finish["events"];
};

const nothingMore: Applied = { toolResults: [], events: [] };

/** Brings a locked call up to what the message says and publishes it. */
export async function applyMessage(
  ctx: Context,
  tx: Tx,
  input: { call: LockedCall; message: ProviderMessage; contactId: string | null },
  also: Applied = nothingMore,
): Promise<void> {
  const { call, message } = input;
  const { body } = message;
  const report = body.kind === "report" ? body.report : undefined;
  const state = withFacts(call, statusTold(message), report !== undefined);
  const hasEnded = state.status === "ended";
  const turns = report ? await replaceTurns(ctx, tx, call.id, report) : await liveTurns(ctx, tx, call, message);
  const failedNow = also.toolResults.some((done) => done.result.status === "failed");
  const came = hasEnded ? await whatCameOfIt(ctx, tx, call, state, also) : undefined;
  const patch: CallPatch = {
    ...state,
    contactId: input.contactId ?? call.contactId,
    durationSeconds: lengthSeconds(state) ?? whole(report?.durationSeconds) ?? call.durationSeconds,
    outcome: came ? came.outcome : call.outcome,
    needsReview: came ? came.needsReview : failedNow ? true : undefined,
    reconcileAfter: reconcileAfterMessage(ctx.clock.now(), {
      isReported: state.isReported,
      isEnded: hasEnded,
      planned: call.reconcileAfter,
    }),
    summary: call.summaryCorrectedBy ? undefined : report?.summary,
    transcript: report
      ? transcriptOf(report.turns) || undefined
      : hasEnded
        ? await liveTranscript(ctx, tx, call, turns)
        : undefined,
    costMicros: report?.costMicros,
    costBreakdown: report?.costBreakdown,
  };
  if (report || body.kind === "recording_ready") await expectRecording(ctx, tx, call.id, report?.hasRecording ?? true);
  const events: Finish["events"] = [
    ...(call.isNew
      ? [{ kind: "call.started" as const, payload: { status: state.status, fromNumber: state.fromNumber } }]
      : []),
    ...(state.status !== call.status && !hasEnded && !call.isNew
      ? [{ kind: "call.updated" as const, payload: { status: state.status } }]
      : []),
    ...turnEvents(message, turns),
    ...(body.kind === "interrupted" ? [{ kind: "call.updated" as const, payload: { isInterrupted: true } }] : []),
    ...also.events,
    ...(hasEnded && call.status !== "ended"
      ? [{ kind: "call.ended" as const, payload: { outcome: patch.outcome, endedReason: state.endedReason } }]
      : []),
    ...(report || (body.kind === "recording_ready" && call.isReported)
      ? [{ kind: "call.reported" as const, payload: { outcome: patch.outcome } }]
      : []),
  ];
  const changed = isUnchanged(call, patch) ? undefined : patch;
  await finishMessage(ctx, tx, { callId: call.id, patch: changed, turns, toolResults: also.toolResults, events });
}

const isUnchanged = (call: LockedCall, patch: CallPatch): boolean =>
  Object.entries(patch).every(([name, value]) => {
    const before = call[name as keyof LockedCall];
    return value === undefined || value === before || (value instanceof Date && +value === +(before ?? Number.NaN));
  });

/** The contact who calls, made where the number is new; null where it is withheld. */
export async function contactOf(ctx: Context, call: LockedCall, message: ProviderMessage): Promise<string | null> {
  if (call.contactId || call.erasedAt) return call.contactId;
  const phone = normalisePhone(message.call?.customerNumber, "");
  if (!phone) return null;
  return (await upsertContactByPhone(ctx, { phone, name: message.call?.customerName })).id;
}

function statusTold(message: ProviderMessage) {
  const { call, body } = message;
  // A provider that asks for tools or transcribes has answered, whatever the status beside it says.
  const isTalking = body.kind === "tool_calls" || body.kind === "turn";
  return isTalking && call && (!call.status || call.status === "queued" || call.status === "ringing")
    ? { ...call, status: "in_progress" as const }
    : (call ?? {});
}

async function replaceTurns(ctx: Context, tx: Tx, callId: string, report: CallReport): Promise<Finish["turns"]> {
  if (report.turns.length === 0) return [];
  await tx.execute(sql`delete from turns where org_id = ${ctx.orgId} and call_id = ${callId}`);
  return report.turns.map((turn, index) => ({ turn, source: "report", dedupeKey: `report:${index}` }));
}

/** A final transcript is a turn until the report has told them all. */
async function liveTurns(ctx: Context, tx: Tx, call: LockedCall, message: ProviderMessage): Promise<Finish["turns"]> {
  const { body } = message;
  if (body.kind !== "turn" || !body.isFinal) return [];
  if (call.isReported) {
    const { rows } = await tx.execute(
      sql`select 1 from turns where org_id = ${ctx.orgId} and call_id = ${call.id} and source = 'report' limit 1`,
    );
    if (rows.length > 0) return [];
  }
  return [{ turn: body.turn, source: "live", dedupeKey: message.dedupeKey }];
}

function turnEvents(message: ProviderMessage, turns: Finish["turns"]): Finish["events"] {
  const { body } = message;
  if (body.kind !== "turn" || (body.isFinal && turns.length === 0)) return [];
  const { role, text, offsetMs } = body.turn;
  return [{ kind: "call.turn_added", payload: { role, text, offsetMs, isFinal: body.isFinal } }];
}

async function whatCameOfIt(
  ctx: Context,
  tx: Tx,
  call: LockedCall,
  state: { answeredAt: Date | null; endedReason: string | null },
  also: Applied,
) {
  if (call.outcomeCorrectedBy) return { outcome: call.outcome, needsReview: undefined };
  const { rows } = await tx.execute(
    sql`select name, status from tool_calls where org_id = ${ctx.orgId} and call_id = ${call.id}`,
  );
  const tools = [
    ...(rows as { name: string; status: string }[]),
    ...also.toolResults.map(({ request, result }) => ({ name: request.name, status: result.status })),
  ];
  const outcome = outcomeOf({
    wasAnswered: state.answeredAt !== null,
    endedReason: state.endedReason,
    succeededTools: tools.filter((tool) => tool.status === "ok").map((tool) => tool.name),
  });
  return { outcome, needsReview: outcome === "failed" || tools.some((tool) => tool.status === "failed") };
}

async function liveTranscript(
  ctx: Context,
  tx: Tx,
  call: LockedCall,
  added: Finish["turns"],
): Promise<string | undefined> {
  const { rows } = await tx.execute(
    sql`select role, text, offset_ms as "offsetMs", source from turns where org_id = ${ctx.orgId} and call_id = ${call.id}`,
  );
  const kept = rows as { role: "agent" | "caller"; text: string; offsetMs: number; source: string }[];
  if (kept.some((turn) => turn.source === "report")) return undefined;
  return transcriptOf([...kept, ...added.map(({ turn }) => turn)]);
}

async function expectRecording(ctx: Context, tx: Tx, callId: string, exists: boolean): Promise<void> {
  const now = ctx.clock.now().toISOString();
  await tx.execute(sql`
    insert into recordings (id, org_id, call_id, state, created_at, updated_at)
    values (${newId("recording")}, ${ctx.orgId}, ${callId}, ${exists ? "pending" : "absent"}, ${now}::timestamptz, ${now}::timestamptz)
    on conflict (call_id) do update set state = excluded.state, updated_at = excluded.updated_at
    where recordings.state = 'absent' and excluded.state = 'pending'`);
}

const whole = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.max(0, Math.min(2_000_000, Math.round(seconds)));
