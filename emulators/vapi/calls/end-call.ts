import type { Vapi } from "@vapi-ai/server-sdk";
import { resolveReference, resolveText, resolveValue } from "../scripts/references";
import type { Script } from "../scripts/script";
import { speechEndMs } from "./call-record";
import { type CallOver, type Conversation, note, startedAtMs } from "./conversation";
import { costsOf } from "./costs";
import { tell, tellReport } from "./tell";

const goodbyeMs = 300;

/** Closes a call that was answered: figures, analysis, `ended`, the report, the upload notice. */
export async function endCall(conversation: Conversation, script: Script, over: CallOver): Promise<void> {
  const { record, emulator } = conversation;
  const endMs = Math.max(conversation.offsetMs, speechEndMs(record)) + goodbyeMs;
  conversation.offsetMs = endMs;
  record.endedReason = over.reason;
  if (over.destination) record.destination = over.destination;
  record.endedAt = new Date(startedAtMs(record) + endMs).toISOString();
  record.updatedAt = record.endedAt;
  record.status = "ended";
  note(conversation, "call", `ended: ${over.reason}`);
  tell(conversation, { type: "status-update", status: "ended", endedReason: over.reason });
  // Figures, analysis and recordings are ready a moment after the line is closed, with the report.
  Object.assign(record, costsOf(record, endMs, conversation.assistant));
  record.analysis = analysisOf(conversation, script);
  await emulator.calls.put(record);
  tellReport(conversation, {
    type: "end-of-call-report",
    endedReason: over.reason,
    ...(record.startedAt ? { startedAt: record.startedAt } : {}),
    endedAt: record.endedAt,
    cost: record.cost,
    costs: record.costs,
    analysis: record.analysis,
    artifact: {},
    ...(record.destination ? { destination: record.destination as Vapi.ServerMessageEndOfCallReportDestination } : {}),
  } as Parameters<typeof tellReport>[1]);
  if (record.isRecorded) {
    tell(conversation, {
      type: "call.artifact.upload",
      artifacts: [
        { type: "recording-mono", success: true },
        { type: "recording-stereo", success: true },
      ],
    });
  }
}

/** Closes a call nobody answered: there is no conversation to report on. */
export async function endUnanswered(
  conversation: Conversation,
  reason: Vapi.CallEndedReason,
  debugging?: Record<string, unknown>,
): Promise<void> {
  const { record, emulator, number } = conversation;
  record.status = "ended";
  record.endedReason = reason;
  record.endedAt = new Date(emulator.clock.now()).toISOString();
  record.updatedAt = record.endedAt;
  if (number?.fallbackDestination) record.destination = number.fallbackDestination;
  note(conversation, "call", `ended: ${reason}`);
  await emulator.calls.put(record);
  tell(conversation, {
    type: "status-update",
    status: "ended",
    endedReason: reason,
    ...(debugging ? { inboundPhoneCallDebuggingArtifacts: debugging } : {}),
  });
}

function analysisOf(conversation: Conversation, script: Script): Vapi.Analysis {
  const { scope, assistant } = conversation;
  const plan = assistant?.analysisPlan;
  const summary = resolveText(script.analysis.summary ?? "A call of {{turns}} turns.", {
    ...scope,
    turns: conversation.turn,
  });
  const structuredData = resolveValue(script.analysis.structuredData ?? {}, scope) as Record<string, unknown>;
  const isSuccess =
    script.analysis.success === undefined || resolveReference(script.analysis.success, scope) !== undefined;
  return {
    ...(plan?.summaryPlan?.enabled === false ? {} : { summary }),
    ...(Object.keys(structuredData).length > 0 ? { structuredData } : {}),
    successEvaluation: String(isSuccess),
  };
}
