import type { CallFacts, ProviderMessage, SaidTurn } from "@/lib/calls/ports";
import type { CallStatus } from "@/lib/calls/schemas";
import { sha256Hex } from "@/lib/platform/crypto";
import { invalid } from "@/lib/platform/errors";
import { inboxKey } from "./inbox-key";
import { type Fields, fields, instant, list, number, short, text, wordOf } from "./payload";
import { readReport, readTurn } from "./report";
import { legacyRequest, toolRequests } from "./tool-requests";

/** A telephone number or a SIP address. */
const MAX_NUMBER = 256;
const MAX_REASON = 500;

const statuses: Record<string, CallStatus> = {
  scheduled: "queued",
  queued: "queued",
  ringing: "ringing",
  "in-progress": "in_progress",
  forwarding: "forwarding",
  ended: "ended",
  "not-found": "ended",
  "deletion-failed": "ended",
};

/**
 * A webhook's payload in our words. `raw` is the body as sent (for the key). Unknown types are messages too; only what is no message at all
 * (no object with a `message.type`) is refused as invalid input.
 */
export function readMessage(payload: unknown, raw: Uint8Array | string): ProviderMessage {
  const message = fields(fields(payload)?.message);
  const type = text(message?.type);
  if (!message || !type) throw invalid([{ path: "message.type", message: "The body has no message with a type." }]);
  const call = readCall(message);
  const base = { type, at: instant(message.timestamp), call };
  const key = (parts: { status?: string | undefined; toolCallIds?: string[] } = {}) =>
    inboxKey({ type, callId: call?.externalId, ...parts }, raw);
  switch (type) {
    case "assistant-request":
      return { ...base, dedupeKey: key(), body: { kind: "assistant_request" } };
    case "transfer-destination-request":
      return { ...base, dedupeKey: key(), body: { kind: "transfer_request" } };
    case "status-update":
      return { ...base, dedupeKey: key({ status: text(message.status) }), body: { kind: "status" } };
    case "tool-calls": {
      const requests = toolRequests(message);
      const toolCallIds = requests.map((request) => request.id);
      return {
        ...base,
        dedupeKey: key({ toolCallIds }),
        body: { kind: "tool_calls", requests, offsetMs: offsetOf(message, call) },
      };
    }
    case "function-call": {
      const requests = legacyRequest(message, `legacy_${sha256Hex(raw)}`);
      return { ...base, dedupeKey: key(), body: { kind: "tool_calls", requests, offsetMs: offsetOf(message, call) } };
    }
    case "transcript":
    case 'transcript[transcriptType="final"]':
      return { ...base, dedupeKey: key(), body: transcriptBody(message, call) };
    case "end-of-call-report":
      return { ...base, dedupeKey: key(), body: { kind: "report", report: readReport(message) } };
    case "user-interrupted":
      return { ...base, dedupeKey: key(), body: { kind: "interrupted" } };
    case "call.artifact.upload": {
      const isThere = list(message.artifacts).some(
        (artifact) =>
          fields(artifact)?.success === true && /^recording-(mono|stereo)$/.test(text(fields(artifact)?.type) ?? ""),
      );
      return { ...base, dedupeKey: key(), body: isThere ? { kind: "recording_ready" } : { kind: "other" } };
    }
    default:
      return { ...base, dedupeKey: key(), body: { kind: "other" } };
  }
}

/** A call as it stands in a message or comes from the API. */
export function readCall(message: Fields): CallFacts | undefined {
  const call = fields(message.call);
  const externalId = text(call?.id);
  if (!call || !externalId || externalId.length > 200) return undefined;
  const isStatusUpdate = message.type === "status-update";
  const status = wordOf(statuses, (isStatusUpdate ? text(message.status) : undefined) ?? call.status);
  const hasEnded = status === "ended" || message.type === "end-of-call-report";
  const customer = fields(message.customer) ?? fields(call.customer) ?? {};
  const ours = short(text(fields(message.phoneNumber)?.number) ?? fields(call.phoneNumber)?.number, MAX_NUMBER);
  const theirs = short(customer.number, MAX_NUMBER);
  const isOutbound = call.type === "outboundPhoneCall";
  const type = text(call.type) ?? "";
  return {
    externalId,
    status,
    kind: type === "webCall" || type.startsWith("vapi.websocket") ? "web" : "phone",
    direction: isOutbound ? "outbound" : "inbound",
    createdAt: instant(call.createdAt),
    answeredAt: instant(message.startedAt) ?? instant(call.startedAt),
    endedAt: hasEnded ? (instant(message.endedAt) ?? instant(call.endedAt) ?? instant(message.timestamp)) : undefined,
    endedReason: hasEnded ? short(text(message.endedReason) ?? call.endedReason, MAX_REASON) : undefined,
    fromNumber: isOutbound ? ours : theirs,
    toNumber: isOutbound ? theirs : ours,
    customerNumber: theirs,
    customerName: text(customer.name),
    phoneNumberExternalId: text(call.phoneNumberId),
  };
}

/** A transcript is told when the words are over; where the conversation so far rides along, it says when they began. */
function transcriptBody(message: Fields, call: CallFacts | undefined): ProviderMessage["body"] {
  const said = text(message.transcript) ?? text(message.originalTranscript);
  if (!said) return { kind: "other" };
  const role: SaidTurn["role"] = message.role === "assistant" || message.role === "bot" ? "agent" : "caller";
  const isFinal = message.transcriptType !== "partial";
  const known = list(fields(message.artifact)?.messages)
    .map((entry) => readTurn(fields(entry), call?.answeredAt))
    .findLast((turn) => turn?.role === role && turn.text === said);
  return { kind: "turn", isFinal, turn: known ?? { role, text: said, offsetMs: offsetOf(message, call) ?? 0 } };
}

function offsetOf(message: Fields, call: CallFacts | undefined): number | undefined {
  const at = number(message.timestamp);
  const start = call?.answeredAt ?? call?.createdAt;
  return at !== undefined && start ? Math.min(2_000_000_000, Math.max(0, Math.round(at - start.getTime()))) : undefined;
}
