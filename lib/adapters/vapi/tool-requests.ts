import type { ToolRequest } from "@/lib/calls/ports";
import { parseJson } from "@/lib/platform/http/json";
import { indexable } from "./inbox-key";
import { type Fields, fields, list, text } from "./payload";

const MAX_DEPTH = 32;
/** More than any model asks for at once; they run one after another, in one transaction, on a connection that others wait for. */
const MOST = 40;

/**
 * The tool calls of a `tool-calls` message, in its order. Arguments come as text, as an object, or flat beside the name, depending on
 * which page one reads (contracts/voice.md §1.5); undefined where they are not a JSON object, so that the caller can be told. Those beyond the
 * first forty are passed over.
 */
export function toolRequests(message: Fields): ToolRequest[] {
  const calls = list(message.toolCallList ?? message.toolCalls);
  const entries = calls.length > 0 ? calls : list(message.toolWithToolCallList).map(wrappedCall);
  return entries.slice(0, MOST).flatMap((entry) => {
    const call = fields(entry);
    const sentId = text(call?.id);
    if (!call || !sentId) return [];
    const id = indexable(sentId);
    return [{ id, ...(id === sentId ? {} : { sentId }), ...nameAndArguments(call) }];
  });
}

/** A legacy `function-call` names no id: there is at most one under way, so the body's hash serves. */
export function legacyRequest(message: Fields, id: string): ToolRequest[] {
  const call = fields(message.functionCall);
  return call ? [{ id, ...nameAndArguments(call) }] : [];
}

function wrappedCall(entry: unknown): Fields {
  const tool = fields(entry);
  const name = tool?.name ?? fields(tool?.function)?.name;
  return { name, ...fields(tool?.toolCall) };
}

function nameAndArguments(call: Fields): { name: string; arguments: Record<string, unknown> | undefined } {
  const inner = fields(call.function);
  const given = inner?.arguments ?? call.arguments ?? call.parameters ?? inner?.parameters ?? {};
  return { name: text(inner?.name) ?? text(call.name) ?? "", arguments: readArguments(given) };
}

function readArguments(given: unknown): Record<string, unknown> | undefined {
  if (typeof given !== "string") return fields(given);
  if (given.trim() === "") return {};
  try {
    return fields(parseJson(given, { maxDepth: MAX_DEPTH }));
  } catch {
    return undefined;
  }
}
