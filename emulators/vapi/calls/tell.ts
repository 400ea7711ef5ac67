import type { Vapi } from "@vapi-ai/server-sdk";
import { openAiMessagesOf, transcriptOf } from "./call-record";
import { artifactOf, assistantView, callHeader, phoneNumberView } from "./call-views";
import { type Conversation, nowInCallMs } from "./conversation";

type Envelope = Pick<
  Vapi.ServerMessageStatusUpdate,
  "timestamp" | "phoneNumber" | "customer" | "call" | "assistant" | "assistantVersion" | "artifact"
>;

/** The vendor has the type for its browser client only; the server message carries the same fields. */
type AssistantStarted = Envelope & { type: "assistant.started"; newAssistant: Vapi.CreateAssistantDto };

type Bare<Message> = Message extends unknown ? Omit<Message, keyof Envelope> : never;

export type Told = Bare<
  | Vapi.ServerMessageStatusUpdate
  | Vapi.ServerMessageSpeechUpdate
  | Vapi.ServerMessageTranscript
  | Vapi.ServerMessageConversationUpdate
  | Vapi.ServerMessageUserInterrupted
  | Vapi.ServerMessageHang
  | Vapi.ServerMessageTransferUpdate
  | Vapi.ServerMessageCallArtifactUpload
  | Vapi.ServerMessageCallDeleted
  | Vapi.ServerMessageEndOfCallReport
  | AssistantStarted
>;

/** What an assistant is subscribed to unless it says otherwise (`transcript` is not among them). */
export const defaultServerMessages: readonly string[] = [
  "conversation-update",
  "end-of-call-report",
  "function-call",
  "hang",
  "speech-update",
  "status-update",
  "tool-calls",
  "transfer-destination-request",
  "handoff-destination-request",
  "user-interrupted",
  "assistant.started",
];

const finalTranscript = 'transcript[transcriptType="final"]';

export function subscriptions(conversation: Conversation): readonly string[] {
  return conversation.assistant?.serverMessages ?? defaultServerMessages;
}

/** Where messages of this call go when no tool names its own server. */
export function serverOf(conversation: Conversation): Vapi.Server | undefined {
  const candidates = [conversation.assistant?.server, conversation.number?.server];
  return candidates.find((server) => server?.url !== undefined);
}

/** What rides along with every message: the call, its parties, and the conversation so far. */
export function envelope(conversation: Conversation): Envelope {
  const { record, number, assistant, emulator } = conversation;
  return {
    timestamp: nowInCallMs(conversation),
    ...(number ? { phoneNumber: phoneNumberView(number) } : {}),
    ...(record.customer ? { customer: record.customer } : {}),
    call: callHeader(record),
    ...(assistant ? { assistant: assistantView(assistant) } : {}),
    artifact: artifactOf(record, emulator.storage),
  };
}

/** Sends a message that needs no answer, if the assistant is subscribed to it. */
export function tell(conversation: Conversation, message: Told): void {
  const server = serverOf(conversation);
  const type = subscribedType(conversation, message);
  if (!server || !type) return;
  const body = JSON.stringify({ message: { ...message, type, ...envelope(conversation) } });
  conversation.messenger.inform(server, { type, body: () => body, ...detailOf(message) });
}

/** The report's links are made anew for each delivery, so two deliveries of one report differ in their bytes. */
export function tellReport(conversation: Conversation, report: Bare<Vapi.ServerMessageEndOfCallReport>): void {
  const server = serverOf(conversation);
  const type = subscribedType(conversation, report);
  if (!server || !type) return;
  const fixed = { ...envelope(conversation), ...report };
  conversation.messenger.inform(server, {
    type,
    body: () => {
      const links = conversation.emulator.storage.presignedUrls(conversation.record);
      const artifact = { ...artifactOf(conversation.record, conversation.emulator.storage), ...links };
      return JSON.stringify({
        message: { ...fixed, artifact, ...(conversation.reportExtras ? extras(conversation, artifact) : {}) },
      });
    },
  });
}

export function tellConversation(conversation: Conversation): void {
  const messages = [...conversation.record.messages];
  tell(conversation, {
    type: "conversation-update",
    messages,
    messagesOpenAIFormatted: openAiMessagesOf(messages),
  });
}

function subscribedType(conversation: Conversation, message: Told): string | undefined {
  const wanted = subscriptions(conversation);
  if (message.type !== "transcript") return wanted.includes(message.type ?? "") ? message.type : undefined;
  if (wanted.includes("transcript")) return "transcript";
  const isFinal = "transcriptType" in message && message.transcriptType === "final";
  return isFinal && wanted.includes(finalTranscript) ? finalTranscript : undefined;
}

function detailOf(message: Told): { detail?: string } {
  if ("transcriptType" in message) return { detail: message.transcriptType };
  return "status" in message && typeof message.status === "string" ? { detail: message.status } : {};
}

/** Seen in public payloads, absent from the vendor's types. */
function extras(conversation: Conversation, artifact: Vapi.Artifact): Record<string, unknown> {
  const { record } = conversation;
  const durationMs = Date.parse(record.endedAt ?? "") - Date.parse(record.startedAt ?? "");
  return {
    durationMs,
    durationSeconds: durationMs / 1000,
    durationMinutes: Math.round((durationMs / 60_000) * 10_000) / 10_000,
    summary: record.analysis?.summary,
    transcript: transcriptOf(record.messages),
    messages: record.messages,
    recordingUrl: artifact.recordingUrl,
    stereoRecordingUrl: artifact.stereoRecordingUrl,
    costBreakdown: record.costBreakdown,
  };
}
