import type { Vapi } from "@vapi-ai/server-sdk";
import type { Destination } from "../resources/types";
import { resolveReference, resolveText, resolveValue } from "../scripts/references";
import type { Turn } from "../scripts/script";
import type { ReadResult } from "../scripts/tool-result";
import { openAiMessagesOf, transcriptOf } from "./call-record";
import { callTools, findTool, newToolCall } from "./call-tools";
import { advance, CallOver, type Conversation, note } from "./conversation";
import { speak } from "./speak";
import { tell } from "./tell";

type TurnOf<Key extends string> = Extract<Turn, Record<Key, unknown>>;

/** Plays the turns in order; returns when they are used up, throws `CallOver` when one of them ends the call. */
export async function playScript(conversation: Conversation, turns: readonly Turn[]): Promise<void> {
  for (const turn of turns) await playTurn(conversation, turn);
}

async function playTurn(conversation: Conversation, turn: Turn): Promise<void> {
  const { scope } = conversation;
  if ("agent" in turn) return speak(conversation, "assistant", resolveText(turn.agent, scope), turn);
  if ("say" in turn) return speak(conversation, "assistant", resolveText(turn.say, scope));
  if ("caller" in turn) return speak(conversation, "user", resolveText(turn.caller, scope), turn);
  if ("pauseMs" in turn) return advance(conversation, turn.pauseMs);
  if ("tool" in turn) return runTool(conversation, turn);
  if ("tools" in turn) return runTools(conversation, turn);
  if ("set" in turn) {
    for (const [name, reference] of Object.entries(turn.set)) scope[name] = resolveReference(reference, scope);
    return;
  }
  if ("if" in turn) {
    const found = resolveReference(turn.if, scope) !== undefined;
    return playScript(conversation, found ? turn.play : (turn.otherwise ?? []));
  }
  if ("hang" in turn) return tell(conversation, { type: "hang" });
  if ("rival" in turn) return ring(conversation, turn);
  if ("transfer" in turn) return transfer(conversation, turn);
  if ("hangUp" in turn) throw new CallOver(turn.hangUp === "caller" ? "customer-ended-call" : "assistant-ended-call");
  // A script names one of the vendor's reasons; there are some six hundred.
  throw new CallOver(turn.fail as Vapi.CallEndedReason);
}

async function runTool(conversation: Conversation, turn: TurnOf<"tool">): Promise<void> {
  const tool = findTool(conversation, turn.tool);
  if (!tool) {
    note(conversation, "model", `the assistant has no tool ${turn.tool}`);
    if (turn.isOptional) return;
    const error = `The assistant has no tool ${turn.tool}.`;
    keep(conversation, turn.saveAs ?? turn.tool, { line: error, value: { error }, isRefused: true });
    return playScript(conversation, turn.ifRefused ?? []);
  }
  const start = (tool.messages ?? []).find((message) => message.type === "request-start");
  const filler = (start && "content" in start ? start.content : undefined) ?? turn.filler;
  if (filler && !turn.repeat) await speak(conversation, "assistant", resolveText(filler, conversation.scope));
  const earlier = turn.repeat === undefined ? undefined : conversation.sentTools.get(turn.repeat);
  const args = resolveValue(turn.args ?? {}, conversation.scope) as Record<string, unknown>;
  const call = earlier ?? newToolCall(turn.tool, args);
  const [result] = await callTools(conversation, [call], { isRepetition: earlier !== undefined });
  if (!result) return;
  conversation.sentTools.set(turn.saveAs ?? turn.tool, call);
  keep(conversation, turn.saveAs ?? turn.tool, result);
  await playScript(conversation, (result.isRefused ? turn.ifRefused : turn.ifDone) ?? []);
}

async function runTools(conversation: Conversation, turn: TurnOf<"tools">): Promise<void> {
  const calls = turn.tools.map((use) =>
    newToolCall(use.name, resolveValue(use.args ?? {}, conversation.scope) as Record<string, unknown>),
  );
  const results = await callTools(conversation, calls);
  for (const [index, use] of turn.tools.entries()) {
    const [call, result] = [calls[index], results[index]];
    if (!call || !result) continue;
    conversation.sentTools.set(use.saveAs ?? use.name, call);
    keep(conversation, use.saveAs ?? use.name, result);
  }
}

function keep(conversation: Conversation, name: string, result: ReadResult): void {
  conversation.scope[name] = result.value;
  conversation.scope.last = result.value;
}

async function ring(conversation: Conversation, turn: TurnOf<"rival">): Promise<void> {
  const { scope } = conversation;
  const name = turn.customer?.name ?? resolveText("{{rivalName | Another caller}}", scope);
  await conversation.placeRival(turn.rival, { number: turn.customer?.number ?? "+12025550147", name });
}

async function transfer(conversation: Conversation, turn: TurnOf<"transfer">): Promise<void> {
  const { record, scope } = conversation;
  const message = turn.message === undefined ? undefined : resolveText(turn.message, scope);
  const destination: Destination = {
    type: "number",
    number: resolveText(turn.transfer, scope),
    ...(message ? { message } : {}),
  };
  if (message) await speak(conversation, "assistant", message);
  record.status = "forwarding";
  record.destination = destination;
  tell(conversation, {
    type: "status-update",
    status: "forwarding",
    destination: destination as Vapi.ServerMessageStatusUpdateDestination,
    messages: [...record.messages],
    messagesOpenAIFormatted: openAiMessagesOf(record.messages),
    transcript: transcriptOf(record.messages),
    summary: "The caller asked to speak to a person.",
  });
  tell(conversation, {
    type: "transfer-update",
    destination: destination as Vapi.ServerMessageTransferUpdateDestination,
  });
  await advance(conversation, 600);
  throw new CallOver("assistant-forwarded-call", destination);
}
