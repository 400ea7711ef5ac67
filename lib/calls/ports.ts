import type { CallKind, CallStatus, CostBreakdown, ToolCallStatus } from "@/db/schema";
import type { Context } from "@/lib/platform/context";

/** What any message says about the call it belongs to. */
export type CallFacts = {
  /** The provider's id. */
  externalId: string;
  status?: CallStatus | undefined;
  kind: CallKind;
  direction: "inbound" | "outbound";
  createdAt?: Date | undefined;
  answeredAt?: Date | undefined;
  endedAt?: Date | undefined;
  /** The provider's word; see rules/ended-reason.ts. */
  endedReason?: string | undefined;
  fromNumber?: string | undefined;
  toNumber?: string | undefined;
  /** The other party's number and, where the provider knows it, name. */
  customerNumber?: string | undefined;
  customerName?: string | undefined;
  /** The provider's id of the dialled number. */
  phoneNumberExternalId?: string | undefined;
};

export type SaidTurn = {
  role: "agent" | "caller";
  text: string;
  /** From the start of the recording. */
  offsetMs: number;
  durationMs?: number | undefined;
};

export type CallReport = {
  turns: SaidTurn[];
  summary: string | undefined;
  costMicros: number | undefined;
  costBreakdown: CostBreakdown | undefined;
  /** Used only where start and end are not both known. */
  durationSeconds: number | undefined;
  hasRecording: boolean;
};

/**
 * One tool call as asked for. `id` is short enough for an index; where the provider's is not, `sentId` is what the answer must carry.
 * `arguments` undefined when what came was not a JSON object.
 */
export type ToolRequest = {
  id: string;
  sentId?: string;
  name: string;
  arguments: Record<string, unknown> | undefined;
};

/** A provider's message in our words. */
export type ProviderMessage = {
  /** The provider's word for its type, kept with the raw body. */
  type: string;
  /** One per fact: a redelivery has the same, another fact another. */
  dedupeKey: string;
  at: Date | undefined;
  call: CallFacts | undefined;
  body:
    | { kind: "assistant_request" }
    | { kind: "transfer_request" }
    | { kind: "status" }
    | { kind: "turn"; turn: SaidTurn; isFinal: boolean }
    | { kind: "tool_calls"; requests: ToolRequest[]; offsetMs: number | undefined }
    | { kind: "report"; report: CallReport }
    | { kind: "interrupted" }
    | { kind: "recording_ready" }
    | { kind: "other" };
};

/** A call as the provider's API tells it; undefined when it knows no such call. */
export type ProviderCall = { call: CallFacts; report: CallReport } | undefined;

export type DownloadedRecording = { bytes: Uint8Array; contentType: string };

/** What calls need of a provider's API. Throws when it cannot be reached or refuses. */
export type VoiceProvider = {
  getCall(externalId: string): Promise<ProviderCall>;
  /** undefined when the provider has no recording of that call. */
  downloadRecording(externalId: string): Promise<DownloadedRecording | undefined>;
};

/** Turns a stored raw body back into a message, for what could not be processed at once. */
export type MessageParser = (raw: string) => ProviderMessage;

export type ToolResult = {
  status: ToolCallStatus;
  say: string;
  data?: unknown;
  offers?: unknown;
};

export type ToolCaller = {
  callId: string;
  fromNumber: string | null;
  timeZone: string;
  contactId: string | null;
  /** Names of the tools the agent was given; undefined = any. */
  tools: readonly string[] | undefined;
};

/** Runs one tool within the transaction of `ctx`; a refusal is a result, a throw undoes it. */
export type ToolRunner = {
  (ctx: Context, request: ToolRequest, call: ToolCaller): Promise<ToolResult>;
  /** Asks the database what the tool will want to know, into `ctx.ahead`; the call is as it was when last seen. Never throws. */
  readAhead?(ctx: Context, request: ToolRequest, call: Omit<ToolCaller, "tools">): void;
};
