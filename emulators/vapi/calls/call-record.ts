import type { Vapi } from "@vapi-ai/server-sdk";
import type { Assistant, Customer, Destination, Identity } from "../resources/types";

export type Speaker = "assistant" | "user";

/** One stretch of speech on the call's own time line; offsets are milliseconds from `startedAt`. */
export interface SpokenSegment {
  speaker: Speaker;
  text: string;
  startMs: number;
  /** As heard: shorter than the synthesised speech when the speaker was cut off. */
  durationMs: number;
}

export type CallMessage =
  | Vapi.SystemMessage
  | Vapi.BotMessage
  | Vapi.UserMessage
  | Vapi.ToolCallMessage
  | Vapi.ToolCallResultMessage;

export type CallRecord = Identity & {
  type: "inboundPhoneCall" | "outboundPhoneCall" | "webCall";
  status: Vapi.CallStatus;
  phoneCallProviderId?: string;
  phoneNumberId?: string;
  customer?: Customer;
  assistantId?: string;
  /** Only for an assistant that exists for this call alone. */
  assistant?: Assistant;
  assistantOverrides?: Record<string, unknown>;
  name?: string;
  startedAt?: string;
  endedAt?: string;
  endedReason?: Vapi.CallEndedReason;
  destination?: Destination;
  messages: CallMessage[];
  analysis?: Vapi.Analysis;
  costs: Vapi.CallCostsItem[];
  cost: number;
  costBreakdown?: Vapi.CostBreakdown;
  turnLatencies: Vapi.TurnLatency[];
  interruptions: { ofAssistant: number; ofUser: number };
  isRecorded: boolean;
  hasSynthesisedSpeech: boolean;
  timeline: SpokenSegment[];
  log: LogLine[];
  /** How the call was asked for, so that a finding can be played again. */
  emulation: { scenario: string; seed: number; speed: number };
};

export interface LogLine {
  time: string;
  category: "call" | "model" | "tool" | "webhook";
  body: string;
}

export function isOver(record: CallRecord): boolean {
  return record.status === "ended" || record.status === "deletion-failed";
}

export function transcriptOf(messages: readonly CallMessage[]): string {
  return messages
    .filter((message) => message.role === "bot" || message.role === "user")
    .map((message) => `${message.role === "bot" ? "AI" : "User"}: ${"message" in message ? message.message : ""}\n`)
    .join("");
}

export function openAiMessagesOf(messages: readonly CallMessage[]): Vapi.OpenAiMessage[] {
  const roles: Record<string, Vapi.OpenAiMessageRole> = { system: "system", bot: "assistant", user: "user" };
  return messages.flatMap((message) => {
    const role = roles[message.role];
    return role && "message" in message ? [{ role, content: message.message }] : [];
  });
}

/** Where speech ends, and with it the recording (± the tail that `wav` adds). */
export function speechEndMs(record: CallRecord): number {
  return record.timeline.reduce((end, segment) => Math.max(end, segment.startMs + segment.durationMs), 0);
}
