import { randomBytes } from "node:crypto";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { FunctionTool } from "../resources/types";
import { answerProblem, type ReadResult, readResults } from "../scripts/tool-result";
import { withoutHeaders } from "./call-views";
import { advance, type Conversation, note, nowInCallMs, type SentTool } from "./conversation";
import { envelope, serverOf, subscriptions, tellConversation } from "./tell";

export function functionTools(conversation: Conversation): FunctionTool[] {
  const model = conversation.assistant?.model as { tools?: { type?: string }[]; toolIds?: string[] } | undefined;
  const inline = (model?.tools ?? []).filter((tool): tool is FunctionTool => tool.type === "function");
  const stored = (model?.toolIds ?? []).flatMap((id) => conversation.emulator.tools.get(id) ?? []);
  return [...inline, ...stored];
}

export function findTool(conversation: Conversation, name: string): FunctionTool | undefined {
  return functionTools(conversation).find((tool) => tool.function?.name === name);
}

export function newToolCall(name: string, args: Record<string, unknown>): SentTool {
  return { id: `call_${randomBytes(18).toString("base64url").replace(/[-_]/g, "x")}`, name, args };
}

/** Asks the webhook for the results of these calls, each at its tool's own server; a repetition is no new entry in the transcript. */
export async function callTools(
  conversation: Conversation,
  calls: SentTool[],
  options: { isRepetition?: boolean } = {},
): Promise<ReadResult[]> {
  const { record, random } = conversation;
  await advance(conversation, Math.round(random.between(250, 600)));
  if (!options.isRepetition) {
    record.messages.push({
      role: "tool_calls",
      toolCalls: calls.map((call) => ({ ...asToolCall(call, "string") })),
      message: "",
      time: nowInCallMs(conversation),
      secondsFromStart: conversation.offsetMs / 1000,
    });
  }
  await conversation.messenger.catchUp(2000);
  const startedMs = conversation.emulator.clock.now();
  const results = new Map<string, ReadResult>();
  await Promise.all(
    groupByServer(conversation, calls).map(async ({ server, group }) => {
      for (const [id, result] of await ask(conversation, server, group)) results.set(id, result);
    }),
  );
  conversation.offsetMs += Math.max(1, Math.round(conversation.emulator.clock.now() - startedMs));
  const ordered = calls.map((call) => results.get(call.id) ?? noServer);
  for (const [index, call] of calls.entries()) {
    const line = ordered[index]?.line ?? "";
    note(conversation, "tool", `${call.name} ${JSON.stringify(call.args)} -> ${line}`);
    if (options.isRepetition) continue;
    record.messages.push({
      role: "tool_call_result",
      toolCallId: call.id,
      name: call.name,
      result: line,
      time: nowInCallMs(conversation),
      secondsFromStart: conversation.offsetMs / 1000,
    });
  }
  tellConversation(conversation);
  return ordered;
}

const noServer: ReadResult = { line: "No result returned.", value: { error: "No result returned." }, isRefused: true };

async function ask(
  conversation: Conversation,
  server: Vapi.Server,
  calls: SentTool[],
): Promise<Map<string, ReadResult>> {
  const ids = calls.map((call) => call.id);
  const outcome = await conversation.messenger.ask(
    server,
    {
      type: "tool-calls",
      toolCallIds: ids,
      body: constant(JSON.stringify({ message: toolCallsMessage(conversation, calls) })),
    },
    (server.timeoutSeconds ?? 20) * 1000,
    (body) => answerProblem(body, ids),
  );
  return readResults("status" in outcome ? outcome.status : undefined, "body" in outcome ? outcome.body : "", ids);
}

function constant(text: string): () => string {
  return () => text;
}

function toolCallsMessage(conversation: Conversation, calls: SentTool[]): Vapi.ServerMessageToolCalls {
  const form = conversation.argumentsAs;
  const toolCallList = calls.map((call) => asToolCall(call, form));
  const toolWithToolCallList = calls.map((call) => {
    if (form === "flat") return { type: "function", name: call.name, toolCall: { id: call.id, parameters: call.args } };
    const tool = findTool(conversation, call.name);
    const server = tool?.server ? { server: withoutHeaders(tool.server) } : {};
    return {
      type: "function",
      async: false,
      messages: [],
      ...openFields(tool),
      ...server,
      toolCall: asToolCall(call, form),
    };
  });
  // The type says `arguments` is a string; parsed objects and the flat shape are seen in practice and in the vendor's pages.
  return {
    type: "tool-calls",
    ...envelope(conversation),
    toolCallList,
    toolWithToolCallList,
  } as unknown as Vapi.ServerMessageToolCalls;
}

/** A stored tool's identity is not part of the message. */
function openFields(tool: FunctionTool | undefined): Partial<FunctionTool> {
  if (!tool) return {};
  const { type, async, messages, function: definition } = tool;
  return { type, async: async ?? false, messages: messages ?? [], ...(definition ? { function: definition } : {}) };
}

function asToolCall(call: SentTool, form: Conversation["argumentsAs"]): object {
  if (form === "flat") return { id: call.id, name: call.name, arguments: call.args };
  const args = form === "string" ? JSON.stringify(call.args) : call.args;
  return { id: call.id, type: "function", function: { name: call.name, arguments: args } };
}

function groupByServer(conversation: Conversation, calls: SentTool[]): { server: Vapi.Server; group: SentTool[] }[] {
  const groups = new Map<string, { server: Vapi.Server; group: SentTool[] }>();
  for (const call of calls) {
    const own = findTool(conversation, call.name)?.server;
    const isSubscribed = own?.url !== undefined || subscriptions(conversation).includes("tool-calls");
    const server = own?.url ? own : serverOf(conversation);
    if (!server || !isSubscribed) continue;
    const key = JSON.stringify(server);
    const existing = groups.get(key);
    if (existing) existing.group.push(call);
    else groups.set(key, { server, group: [call] });
  }
  return [...groups.values()];
}
