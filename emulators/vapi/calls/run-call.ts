import type { Vapi } from "@vapi-ai/server-sdk";
import type { Assistant } from "../resources/types";
import type { Script } from "../scripts/script";
import { assistantView } from "./call-views";
import { advance, CallOver, type Conversation, EmulatorClosing, note, startedAtMs } from "./conversation";
import { endCall, endUnanswered } from "./end-call";
import { type Obtained, overridden, requestAssistant } from "./obtain-assistant";
import { playScript } from "./play-script";
import { speak } from "./speak";
import { tell } from "./tell";

/** The whole life of a call, from ringing to the last message. Never rejects. */
export async function runCall(conversation: Conversation, script: Script): Promise<void> {
  try {
    await live(conversation, script);
  } catch (error) {
    if (error instanceof EmulatorClosing || conversation.emulator.closing.aborted) return; // the next start closes the call
    note(conversation, "call", `emulator failed: ${String(error)}`);
    await endCall(conversation, script, new CallOver("call.in-progress.error-vapifault-worker-died")).catch(
      () => undefined,
    );
  }
  await conversation.messenger.drain();
}

async function live(conversation: Conversation, script: Script): Promise<void> {
  const { record } = conversation;
  note(conversation, "call", `${record.type} ${record.status}`);
  const obtained: Obtained = conversation.assistant
    ? { kind: "assistant", assistant: overridden(conversation.assistant, record.assistantOverrides) }
    : await requestAssistant(conversation);
  if (conversation.emulator.closing.aborted) throw new EmulatorClosing();
  switch (obtained.kind) {
    case "failed":
      return endUnanswered(conversation, obtained.reason, obtained.debugging);
    case "refused":
      return refuse(conversation, script, obtained.spoken);
    case "forward":
      return forward(conversation, script, obtained);
    case "assistant":
      if (obtained.assistantId) record.assistantId = obtained.assistantId;
      else if (!record.assistantId) record.assistant = obtained.assistant;
      if (obtained.overrides) record.assistantOverrides = obtained.overrides;
      return converse(conversation, script, obtained.assistant);
  }
}

async function converse(conversation: Conversation, script: Script, assistant: Assistant): Promise<void> {
  const { record } = conversation;
  conversation.assistant = assistant;
  record.isRecorded = assistant.artifactPlan?.recordingEnabled !== false;
  await pickUp(conversation);
  const system = systemPromptOf(assistant);
  if (system) record.messages.push({ role: "system", message: system, time: startedAtMs(record), secondsFromStart: 0 });
  Object.assign(conversation.scope, { assistant, customer: record.customer ?? {} });
  conversation.scope.service ??= serviceOf(assistant);
  conversation.scope.name ??= record.customer?.name ?? "Maya Patel";
  conversation.scope.day ??= "tomorrow";
  tell(conversation, { type: "status-update", status: "in-progress" });
  tell(conversation, { type: "assistant.started", newAssistant: assistantView(assistant) });
  await endCall(conversation, script, await until(() => playScript(conversation, script.turns)));
}

async function refuse(conversation: Conversation, script: Script, spoken: string): Promise<void> {
  await pickUp(conversation);
  const over = await until(() => speak(conversation, "assistant", spoken));
  const reason = over.reason === "silence-timed-out" ? "assistant-request-returned-error" : over.reason;
  await endCall(conversation, { ...script, analysis: {} }, new CallOver(reason));
}

async function forward(
  conversation: Conversation,
  script: Script,
  obtained: Extract<Obtained, { kind: "forward" }>,
): Promise<void> {
  const { record } = conversation;
  const { destination } = obtained;
  await pickUp(conversation);
  await until(async () => {
    if (destination.message) await speak(conversation, "assistant", destination.message);
    record.status = "forwarding";
    record.destination = destination;
    tell(conversation, {
      type: "status-update",
      status: "forwarding",
      destination: destination as Vapi.ServerMessageStatusUpdateDestination,
    });
    await advance(conversation, 600);
  });
  await endCall(
    conversation,
    { ...script, analysis: {} },
    new CallOver("assistant-request-returned-forwarding-phone-number", destination),
  );
}

async function pickUp(conversation: Conversation): Promise<void> {
  const { record, emulator } = conversation;
  // The line rang for as long as the assistant-request took.
  const rangMs = Math.max(300, emulator.clock.now() - conversation.placedAtMs);
  record.startedAt = new Date(Date.parse(record.createdAt) + rangMs).toISOString();
  record.status = "in-progress";
  record.updatedAt = record.startedAt;
  await emulator.calls.put(record);
}

/** A script that simply stops leaves a silent line. */
async function until(play: () => Promise<void>): Promise<CallOver> {
  try {
    await play();
    return new CallOver("silence-timed-out");
  } catch (error) {
    if (error instanceof CallOver) return error;
    throw error;
  }
}

function systemPromptOf(assistant: Assistant): string | undefined {
  const messages = (assistant.model as { messages?: { role?: string; content?: unknown }[] } | undefined)?.messages;
  const content = messages?.find((message) => message.role === "system")?.content;
  return typeof content === "string" ? content : undefined;
}

/** What the caller asks for when the request does not say: what the assistant itself offers, if it lists it. */
function serviceOf(assistant: Assistant): string {
  const tools = (assistant.model as { tools?: object[] } | undefined)?.tools ?? [];
  for (const tool of tools) {
    const definition = (tool as { function?: { parameters?: { properties?: { service?: { enum?: unknown[] } } } } })
      .function;
    const first = definition?.parameters?.properties?.service?.enum?.[0];
    if (typeof first === "string") return first;
  }
  const listed = assistant.metadata?.services;
  const first: unknown = Array.isArray(listed) ? listed[0] : assistant.metadata?.service;
  return typeof first === "string" ? first : "Haircut";
}
