import type { Vapi } from "@vapi-ai/server-sdk";
import type { Speaker } from "./call-record";
import { advance, type Conversation, nowInCallMs } from "./conversation";
import { tell, tellConversation } from "./tell";

export interface SpeakOptions {
  /** The speaker is heard for this long only. */
  cutAfterMs?: number;
  /** The other party breaks in at the cut. */
  interrupted?: boolean;
}

/** One utterance, from the pause before it to its final transcript; its length is that of the synthesised speech. */
export async function speak(
  conversation: Conversation,
  speaker: Speaker,
  text: string,
  options: SpeakOptions = {},
): Promise<void> {
  if (text === "") return;
  const { random, record } = conversation;
  const fullMs = await spokenMs(conversation, speaker, text);
  const pauseMs = Math.round(speaker === "assistant" ? random.between(450, 900) : random.between(500, 1300));
  await advance(conversation, pauseMs);
  const startMs = conversation.offsetMs;
  const turn = conversation.turn;
  conversation.turn += 1;
  tell(conversation, { type: "speech-update", status: "started", role: speaker, turn });
  try {
    await hear(conversation, speaker, text, Math.min(options.cutAfterMs ?? fullMs, fullMs), fullMs);
  } finally {
    // Also when the call ends in the middle: what was heard until then is part of it.
    const heardMs = conversation.offsetMs - startMs;
    if (heardMs > 0) finish(conversation, speaker, { text, startMs, heardMs, fullMs, turn, pauseMs, ...options });
  }
  await conversation.emulator.calls.put(record);
}

async function hear(
  conversation: Conversation,
  speaker: Speaker,
  text: string,
  heardMs: number,
  fullMs: number,
): Promise<void> {
  const words = text.split(" ");
  const partials = words.length < 5 ? [] : [0.35, 0.7];
  let passedMs = 0;
  for (const part of partials) {
    const atMs = Math.round(fullMs * part);
    if (atMs >= heardMs) break;
    await advance(conversation, atMs - passedMs);
    passedMs = atMs;
    const transcript = words.slice(0, Math.max(1, Math.floor(words.length * part))).join(" ");
    tell(conversation, { type: "transcript", role: speaker, transcriptType: "partial", transcript });
  }
  await advance(conversation, heardMs - passedMs);
}

interface Utterance extends SpeakOptions {
  text: string;
  startMs: number;
  heardMs: number;
  fullMs: number;
  turn: number;
  pauseMs: number;
}

function finish(conversation: Conversation, speaker: Speaker, utterance: Utterance): void {
  const { record, assistant } = conversation;
  const { startMs, heardMs, fullMs, text } = utterance;
  const words = text.split(" ");
  const heard =
    heardMs >= fullMs ? text : words.slice(0, Math.max(1, Math.floor((words.length * heardMs) / fullMs))).join(" ");
  const endTime = nowInCallMs(conversation);
  record.timeline.push({ speaker, text, startMs, durationMs: heardMs });
  const spoken = {
    message: heard,
    time: endTime - heardMs,
    endTime,
    secondsFromStart: startMs / 1000,
    duration: heardMs,
  };
  if (speaker === "assistant") {
    const identity = record.assistantId ? { assistantId: record.assistantId } : {};
    record.messages.push({
      role: "bot",
      ...spoken,
      source: "",
      assistantName: assistant?.name ?? "Assistant",
      ...identity,
    });
    record.turnLatencies.push(latencies(conversation, utterance.pauseMs));
  } else {
    record.messages.push({ role: "user", ...spoken, isFiltered: false, detectedThreats: [], speakerLabel: "1" });
  }
  if (utterance.interrupted) {
    record.interruptions.ofAssistant += speaker === "assistant" ? 1 : 0;
    tell(conversation, { type: "user-interrupted", turnId: String(utterance.turn) });
  }
  tell(conversation, { type: "speech-update", status: "stopped", role: speaker, turn: utterance.turn });
  const heardOf = speaker === "user" ? { isFiltered: false, detectedThreats: [] } : {};
  tell(conversation, { type: "transcript", role: speaker, transcriptType: "final", transcript: heard, ...heardOf });
  tellConversation(conversation);
}

function latencies(conversation: Conversation, pauseMs: number): Vapi.TurnLatency {
  const { random } = conversation;
  const voiceLatency = Math.round(random.between(120, 260));
  const transcriberLatency = Math.round(random.between(80, 160));
  const endpointingLatency = Math.round(random.between(250, 450));
  const modelLatency = Math.max(150, pauseMs - voiceLatency);
  const turnLatency = modelLatency + voiceLatency + transcriberLatency + endpointingLatency;
  return { modelLatency, voiceLatency, transcriberLatency, endpointingLatency, turnLatency };
}

async function spokenMs(conversation: Conversation, speaker: Speaker, text: string): Promise<number> {
  if (!conversation.record.hasSynthesisedSpeech) return estimateMs(text);
  return conversation.emulator.speech.durationMs(speaker, text);
}

/** About the pace of the synthesised voices. */
export function estimateMs(text: string): number {
  return 350 + text.length * 62;
}
