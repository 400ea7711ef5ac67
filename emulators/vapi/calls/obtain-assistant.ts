import type { Vapi } from "@vapi-ai/server-sdk";
import { issuesAsMessages } from "../errors";
import { assistantShape, destinationShape } from "../resources/shapes";
import type { Assistant, Destination } from "../resources/types";
import { artifactOf, callHeader, phoneNumberView } from "./call-views";
import { type Conversation, nowInCallMs } from "./conversation";

export type Obtained =
  | { kind: "assistant"; assistant: Assistant; assistantId?: string; overrides?: Record<string, unknown> }
  | { kind: "forward"; destination: Destination }
  /** Said to the caller, then the call ends. */
  | { kind: "refused"; spoken: string }
  | { kind: "failed"; reason: Vapi.CallEndedReason; debugging: Record<string, unknown> };

/** A number without an assistant asks its server for one. */
export async function requestAssistant(conversation: Conversation): Promise<Obtained> {
  const { emulator, number, record } = conversation;
  if (!number?.server?.url)
    return failed("call-start-error-neither-assistant-nor-server-set", { error: "The number names no server" });
  const message: Vapi.ServerMessageAssistantRequest = {
    type: "assistant-request",
    timestamp: nowInCallMs(conversation),
    phoneNumber: phoneNumberView(number),
    ...(record.customer ? { customer: record.customer } : {}),
    call: callHeader(record),
    assistantVersion: null,
    artifact: artifactOf(record, emulator.storage),
  };
  const body = JSON.stringify({ message });
  const letter = { type: "assistant-request", body: () => body };
  const outcome = await conversation.messenger.ask(number.server, letter, emulator.assistantRequestTimeoutMs);
  if ("error" in outcome) {
    const reason =
      outcome.error === "timeout" || outcome.error === "dropped"
        ? "Request timed out"
        : `Request failed: ${outcome.error}`;
    return failed("assistant-request-failed", { assistantRequestError: reason });
  }
  if (outcome.status < 200 || outcome.status > 299) {
    return failed("assistant-request-failed", {
      assistantRequestError: `Request failed with status code ${outcome.status}`,
      assistantRequestResponse: outcome.body.slice(0, 2000),
    });
  }
  return readAnswer(conversation, outcome.body);
}

function readAnswer(conversation: Conversation, body: string): Obtained {
  let answer: Record<string, unknown>;
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null) throw new SyntaxError("not an object");
    answer = value as Record<string, unknown>;
  } catch {
    return failed("assistant-request-failed", {
      assistantRequestError: "Response is not a JSON object",
      assistantRequestResponse: body.slice(0, 2000),
    });
  }
  if (answer.error !== undefined && answer.error !== null) {
    if (typeof answer.error === "string" && answer.error.trim() !== "")
      return { kind: "refused", spoken: answer.error };
    return failed("assistant-request-returned-unspeakable-error", { assistantRequestResponse: answer });
  }
  if (answer.destination !== undefined) return forward(answer);
  const squad = firstMember(answer.squad);
  const assistantId = answer.assistantId ?? squad?.assistantId;
  const transient = answer.assistant ?? squad?.assistant;
  const overrides = asRecord(answer.assistantOverrides);
  if (typeof assistantId === "string") {
    const stored = conversation.emulator.assistants.get(assistantId);
    if (!stored) return invalid(answer, [`Couldn't find assistant ${assistantId}`]);
    return {
      kind: "assistant",
      assistant: overridden(stored, overrides),
      assistantId,
      ...(overrides ? { overrides } : {}),
    };
  }
  if (transient === undefined || transient === null) {
    return failed("assistant-request-returned-no-assistant", { assistantRequestResponse: answer });
  }
  const parsed = assistantShape.safeParse(transient);
  if (!parsed.success)
    return invalid(
      answer,
      issuesAsMessages(parsed.error).map((issue) => `assistant.${issue}`),
    );
  return {
    kind: "assistant",
    assistant: overridden(parsed.data as Assistant, overrides),
    ...(overrides ? { overrides } : {}),
  };
}

function forward(answer: Record<string, unknown>): Obtained {
  const parsed = destinationShape.safeParse(answer.destination);
  if (!parsed.success) {
    return failed("assistant-request-failed", {
      assistantRequestError: issuesAsMessages(parsed.error).map((issue) => `destination.${issue}`),
      assistantRequestResponse: answer,
    });
  }
  return { kind: "forward", destination: parsed.data as unknown as Destination };
}

function invalid(answer: Record<string, unknown>, errors: string[]): Obtained {
  return failed("assistant-request-returned-invalid-assistant", {
    assistantRequestError: errors,
    assistantRequestResponse: answer,
  });
}

function failed(reason: Vapi.CallEndedReason, debugging: Record<string, unknown>): Obtained {
  return { kind: "failed", reason, debugging: { error: "Couldn't get assistant", ...debugging } };
}

/** Overrides replace fields of the assistant; `variableValues` fill `{{name}}` in its first message. */
export function overridden(assistant: Assistant, overrides: Record<string, unknown> | undefined): Assistant {
  const { variableValues, ...fields } = overrides ?? {};
  const merged = { ...assistant, ...fields } as Assistant;
  const values = asRecord(variableValues) ?? {};
  if (merged.firstMessage) {
    merged.firstMessage = merged.firstMessage.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) =>
      values[name] === undefined ? whole : String(values[name]),
    );
  }
  return merged;
}

function firstMember(squad: unknown): Record<string, unknown> | undefined {
  const members = asRecord(squad)?.members;
  return Array.isArray(members) ? asRecord(members[0]) : undefined;
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
