import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { seededRandom } from "../../http/seeded-random";
import type { Fault } from "../delivery/faults";
import { createMessenger } from "../delivery/messenger";
import type { Emulator } from "../emulator";
import type { Assistant, Customer, StoredPhoneNumber } from "../resources/types";
import type { Script } from "../scripts/script";
import type { CallRecord } from "./call-record";
import type { ArgumentsAs, Conversation } from "./conversation";
import { runCall } from "./run-call";
import { estimateMs } from "./speak";

export interface CallRequest {
  type: CallRecord["type"];
  number?: StoredPhoneNumber;
  assistant?: { value: Assistant; id?: string };
  assistantOverrides?: Record<string, unknown>;
  customer?: Customer;
  name?: string;
  scenario: string;
  script: Script;
  variables: Record<string, unknown>;
  seed?: number;
  /** 1: the pace of talk; 0: no waiting at all. */
  speed: number;
  faults: Fault[];
  redeliverMs: number;
  argumentsAs: ArgumentsAs;
  reportExtras: boolean;
  keepBodies: boolean;
  hasSynthesisedSpeech: boolean;
  /** When the call rings; a past instant lets a call have happened then. */
  ringsAt?: string;
}

/** Creates the call and lets it run; `emulator.live` knows when it is over. */
export async function placeCall(emulator: Emulator, request: CallRequest): Promise<CallRecord> {
  const seed = request.seed ?? randomInt(1, 2 ** 31);
  const ringsAtMs = request.ringsAt ? Date.parse(request.ringsAt) : emulator.clock.now() - headStartMs(request);
  const at = new Date(ringsAtMs).toISOString();
  const record: CallRecord = {
    id: randomUUID(),
    orgId: emulator.orgId,
    createdAt: at,
    updatedAt: at,
    type: request.type,
    status: request.type === "outboundPhoneCall" ? "queued" : "ringing",
    ...(request.type === "webCall" ? {} : { phoneCallProviderId: `CA${randomBytes(16).toString("hex")}` }),
    ...(request.number ? { phoneNumberId: request.number.id } : {}),
    ...(request.customer ? { customer: request.customer } : {}),
    ...(request.assistant?.id ? { assistantId: request.assistant.id } : {}),
    ...(request.assistant && !request.assistant.id ? { assistant: request.assistant.value } : {}),
    ...(request.assistantOverrides ? { assistantOverrides: request.assistantOverrides } : {}),
    ...(request.name ? { name: request.name } : {}),
    messages: [],
    costs: [],
    cost: 0,
    turnLatencies: [],
    interruptions: { ofAssistant: 0, ofUser: 0 },
    isRecorded: true,
    hasSynthesisedSpeech: request.hasSynthesisedSpeech,
    timeline: [],
    log: [],
    emulation: { scenario: request.scenario, seed, speed: request.speed },
  };
  await emulator.calls.put(record);
  const random = seededRandom(seed);
  const hungUp = new AbortController();
  const conversation: Conversation = {
    emulator,
    record,
    number: request.number,
    assistant: request.assistant?.value,
    messenger: createMessenger({
      callId: record.id,
      faults: request.faults,
      redeliverMs: request.redeliverMs,
      keepBodies: request.keepBodies,
      random: seededRandom(seed ^ 0x5f3759df),
      clock: emulator.clock,
      poster: emulator.poster,
      log: emulator.log,
      signal: emulator.closing,
      planOf: (credentialId) => emulator.credentials.get(credentialId)?.authenticationPlan,
    }),
    random,
    scope: { ...request.script.variables, ...request.variables },
    offsetMs: 0,
    placedAtMs: emulator.clock.now(),
    turn: 0,
    speed: request.speed,
    argumentsAs: request.argumentsAs,
    reportExtras: request.reportExtras,
    sentTools: new Map(),
    hungUp,
    async placeRival(turns, customer) {
      const script: Script = { description: "A call within a call", variables: {}, turns, analysis: {} };
      const variables = { ...conversation.scope, name: customer.name };
      const rival = await placeCall(emulator, {
        ...request,
        customer,
        script,
        variables,
        scenario: `${request.scenario} (rival)`,
        seed: seed + 1,
        speed: 0,
      });
      await emulator.live.get(rival.id)?.done;
    },
  };
  const done = runCall(conversation, request.script).finally(() => emulator.live.delete(record.id));
  emulator.live.set(record.id, { done, hangUp: () => hungUp.abort() });
  return record;
}

/** A call played faster than it is spoken begins in the past, so that it does not end in the future. */
function headStartMs(request: CallRequest): number {
  const spokenMs = lengthMs(request.script.turns);
  return Math.round(request.speed === 0 ? spokenMs : spokenMs * Math.max(0, 1 - 1 / request.speed));
}

function lengthMs(turns: Script["turns"]): number {
  return turns.reduce((sum, turn) => {
    if ("agent" in turn) return sum + 1000 + estimateMs(turn.agent);
    if ("say" in turn) return sum + 1000 + estimateMs(" ".repeat(60));
    if ("caller" in turn) return sum + 1200 + estimateMs(turn.caller);
    if ("pauseMs" in turn) return sum + turn.pauseMs;
    if ("tool" in turn) return sum + 700 + lengthMs(turn.ifDone ?? []);
    if ("if" in turn) return sum + lengthMs(turn.play);
    return sum + 500;
  }, 2000);
}
