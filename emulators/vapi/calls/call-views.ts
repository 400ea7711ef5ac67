import type { Vapi } from "@vapi-ai/server-sdk";
import type { Storage } from "../recordings/storage";
import type { Assistant, StoredPhoneNumber } from "../resources/types";
import { type CallRecord, isOver, openAiMessagesOf, transcriptOf } from "./call-record";

/** What GET /call answers with, and (without the transcript) what rides in each webhook message. */
export function callView(record: CallRecord, storage: Storage): Vapi.Call {
  return {
    ...callHeader(record),
    ...(record.assistant ? { assistant: record.assistant } : {}),
    ...(record.assistantOverrides ? { assistantOverrides: record.assistantOverrides } : {}),
    ...(record.analysis ? { analysis: record.analysis } : {}),
    messages: record.messages,
    artifact: artifactOf(record, storage),
  };
}

export function callHeader(record: CallRecord): Vapi.Call {
  const isPhone = record.type !== "webCall";
  return {
    id: record.id,
    orgId: record.orgId,
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    type: record.type,
    status: record.status,
    ...(isPhone ? { phoneCallProvider: "twilio" as const, phoneCallTransport: "pstn" as const } : {}),
    ...defined({
      phoneCallProviderId: record.phoneCallProviderId,
      phoneNumberId: record.phoneNumberId,
      customer: record.customer,
      assistantId: record.assistantId,
      name: record.name,
      startedAt: record.startedAt,
      endedAt: record.endedAt,
      endedReason: record.endedReason,
      // Our destinations are the fields the vendor's union has in common.
      destination: record.destination as Vapi.CallDestination | undefined,
      costBreakdown: record.costBreakdown,
    }),
    cost: record.cost,
    ...(record.costs.length > 0 ? { costs: record.costs } : {}),
  };
}

/** The conversation so far; once the call is over, also its recordings and figures. */
export function artifactOf(record: CallRecord, storage: Storage): Vapi.Artifact {
  const artifact: Vapi.Artifact = {
    messages: [...record.messages],
    messagesOpenAIFormatted: openAiMessagesOf(record.messages),
  };
  if (record.messages.length > 0) {
    artifact.transcript = transcriptOf(record.messages);
    artifact.variableValues = variablesOf(record);
  }
  if (!isOver(record) || record.costBreakdown === undefined) return artifact;
  return {
    ...artifact,
    ...storage.privateUrls(record),
    assistantActivations: [{ assistantName: assistantNameOf(record), ...defined({ assistantId: record.assistantId }) }],
    performanceMetrics: performanceOf(record),
  };
}

/** A phone number as webhooks carry it: no account secrets, no header that authenticates the webhook. */
export function phoneNumberView(number: StoredPhoneNumber): Vapi.ServerMessageStatusUpdatePhoneNumber {
  const {
    twilioAuthToken: _token,
    twilioApiKey: _key,
    twilioApiSecret: _secret,
    ...open
  } = number as StoredPhoneNumber & Record<string, unknown>;
  const { id: _id, orgId: _org, createdAt: _created, updatedAt: _updated, status: _status, ...fields } = open;
  // A stored number has been checked against the union's member for its provider.
  return {
    ...fields,
    ...(number.server ? { server: withoutHeaders(number.server) } : {}),
  } as unknown as Vapi.ServerMessageStatusUpdatePhoneNumber;
}

export function assistantView(assistant: Assistant): Assistant {
  const { server, model, ...fields } = assistant;
  const view: Assistant = { ...fields };
  if (server) view.server = withoutHeaders(server);
  if (model) {
    const tools = (model as { tools?: { server?: Vapi.Server }[] }).tools?.map((tool) =>
      tool.server ? { ...tool, server: withoutHeaders(tool.server) } : tool,
    );
    view.model = { ...model, ...(tools ? { tools } : {}) } as Assistant["model"];
  }
  return view;
}

export function withoutHeaders(server: Vapi.Server): Vapi.Server {
  const { headers: _headers, ...rest } = server;
  return rest;
}

function assistantNameOf(record: CallRecord): string {
  const said = record.messages.find((message): message is Vapi.BotMessage => message.role === "bot");
  return said?.assistantName ?? "Assistant";
}

function variablesOf(record: CallRecord): Record<string, unknown> {
  const given = record.assistantOverrides?.variableValues;
  return typeof given === "object" && given !== null ? (given as Record<string, unknown>) : {};
}

function performanceOf(record: CallRecord): Vapi.PerformanceMetrics {
  const average = (pick: (turn: Vapi.TurnLatency) => number | undefined) =>
    Math.round(
      record.turnLatencies.reduce((sum, turn) => sum + (pick(turn) ?? 0), 0) / Math.max(1, record.turnLatencies.length),
    );
  return {
    turnLatencies: record.turnLatencies,
    modelLatencyAverage: average((turn) => turn.modelLatency),
    voiceLatencyAverage: average((turn) => turn.voiceLatency),
    transcriberLatencyAverage: average((turn) => turn.transcriberLatency),
    endpointingLatencyAverage: average((turn) => turn.endpointingLatency),
    turnLatencyAverage: average((turn) => turn.turnLatency),
    numUserInterrupted: record.interruptions.ofUser,
    numAssistantInterrupted: record.interruptions.ofAssistant,
  };
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
