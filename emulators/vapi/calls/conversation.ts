import type { Vapi } from "@vapi-ai/server-sdk";
import type { SeededRandom } from "../../http/seeded-random";
import type { Messenger } from "../delivery/messenger";
import type { Emulator } from "../emulator";
import type { Assistant, Destination, StoredPhoneNumber } from "../resources/types";
import type { Scope } from "../scripts/references";
import type { Turn } from "../scripts/script";
import type { CallRecord } from "./call-record";

export type ArgumentsAs = "object" | "string" | "flat";

export interface SentTool {
  id: string;
  name: string;
  args: Record<string, unknown>;
}

/** One call under way. `offsetMs` is the call's own time: it follows the speech, not the wall clock. */
export interface Conversation {
  emulator: Emulator;
  record: CallRecord;
  number: StoredPhoneNumber | undefined;
  assistant: Assistant | undefined;
  messenger: Messenger;
  random: SeededRandom;
  scope: Scope;
  offsetMs: number;
  /** On the wall clock. */
  placedAtMs: number;
  turn: number;
  speed: number;
  argumentsAs: ArgumentsAs;
  reportExtras: boolean;
  sentTools: Map<string, SentTool>;
  /** Aborted when the caller is made to hang up from outside. */
  hungUp: AbortController;
  /** Runs another call to its end (see the `rival` turn). */
  placeRival: (turns: Turn[], customer: { number: string; name: string }) => Promise<void>;
}

/** Unwinds a script: the call ends here, for this reason. */
export class CallOver extends Error {
  constructor(
    readonly reason: Vapi.CallEndedReason,
    readonly destination?: Destination,
  ) {
    super(reason);
  }
}

/** Unwinds a script without an end: the emulator itself is stopping. */
export class EmulatorClosing extends Error {}

export function startedAtMs(record: CallRecord): number {
  return Date.parse(record.startedAt ?? record.createdAt);
}

export function nowInCallMs(conversation: Conversation): number {
  return Math.round(startedAtMs(conversation.record) + conversation.offsetMs);
}

/** Lets `ms` of the call pass; at speed 0 no real time goes by. */
export async function advance(conversation: Conversation, ms: number): Promise<void> {
  const { emulator, hungUp, speed } = conversation;
  const limitMs = (conversation.assistant?.maxDurationSeconds ?? 600) * 1000;
  const step = Math.max(0, Math.min(ms, limitMs - conversation.offsetMs));
  if (speed > 0 && step > 0) {
    await emulator.clock.sleep(step / speed, AbortSignal.any([emulator.closing, hungUp.signal]));
  }
  conversation.offsetMs += step;
  if (emulator.closing.aborted) throw new EmulatorClosing();
  if (hungUp.signal.aborted) throw new CallOver("customer-ended-call");
  if (step < ms) throw new CallOver("exceeded-max-duration");
}

export function note(conversation: Conversation, category: "call" | "model" | "tool" | "webhook", body: string): void {
  conversation.record.log.push({ time: new Date(nowInCallMs(conversation)).toISOString(), category, body });
}
