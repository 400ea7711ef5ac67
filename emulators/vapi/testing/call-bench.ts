import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { SpokenSegment } from "../calls/call-record";
import type { Delivery } from "../delivery/delivery-log";
import { startVapiEmulator, type VapiEmulator, type VapiEmulatorOptions } from "../index";
import { type Calendar, openCalendar, toolNames } from "./calendar";
import { type Receiver, startReceiver } from "./webhook-receiver";

export interface FinishedCall {
  isDone: boolean;
  call: Vapi.Call;
  timeline: SpokenSegment[];
  emulation: { scenario: string; seed: number; speed: number };
}

export interface Bench {
  emulator: VapiEmulator;
  receiver: Receiver;
  calendar: Calendar;
  dataDir: string;
  api(method: string, path: string, body?: object): Promise<{ status: number; body: unknown }>;
  create<T>(path: string, body: object): Promise<T>;
  /** Places a call at speed 0 with reckoned speech, and waits until its last message is delivered. */
  run(order?: object): Promise<FinishedCall>;
  deliveries(callId: string): Promise<Delivery[]>;
  close(): Promise<void>;
}

export const secretHeaders = { "X-Vapi-Secret": "s3cret-for-tests" };

export async function openBench(options: Partial<VapiEmulatorOptions> = {}): Promise<Bench> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "vapi-emulator-"));
  const receiver = await startReceiver();
  const calendar = openCalendar(receiver);
  const emulator = await startVapiEmulator({ port: 0, ...options, dataDir });

  async function api(method: string, path: string, body?: object) {
    const response = await fetch(`${emulator.url}${path}`, {
      method,
      redirect: "manual",
      headers: {
        authorization: `Bearer ${options.apiKey ?? "key"}`,
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
  }

  async function create<T>(path: string, body: object): Promise<T> {
    const made = await api("POST", path, body);
    if (made.status !== 201) throw new Error(`${path}: ${made.status} ${JSON.stringify(made.body)}`);
    return made.body as T;
  }

  return {
    emulator,
    receiver,
    calendar,
    dataDir,
    api,
    create,
    async run(order = {}) {
      const placed = await create<Vapi.Call>("/_emulator/calls", { speed: 0, speech: "estimated", seed: 7, ...order });
      return (await api("GET", `/_emulator/calls/${placed.id}?waitMs=20000`)).body as FinishedCall;
    },
    deliveries: async (callId) => (await api("GET", `/_emulator/calls/${callId}/deliveries`)).body as Delivery[],
    async close() {
      await emulator.close();
      await receiver.close();
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** An assistant that knows every tool and sends its messages to the bench's receiver. */
export function assistantBody(receiver: Receiver, fields: object = {}): Record<string, unknown> {
  return {
    name: "Front desk",
    firstMessage: "Thanks for calling, how can I help?",
    model: {
      provider: "openai",
      model: "gpt-4o",
      messages: [{ role: "system", content: "You are the receptionist." }],
      tools: toolNames.map((name) => ({
        type: "function",
        function: { name, description: name, parameters: { type: "object", properties: {} } },
      })),
    },
    server: { url: receiver.url, headers: secretHeaders },
    ...fields,
  };
}

export async function createAssistant(bench: Bench, fields: object = {}): Promise<string> {
  return (await bench.create<{ id: string }>("/assistant", assistantBody(bench.receiver, fields))).id;
}

export async function createNumber(bench: Bench, fields: object = {}): Promise<string> {
  const body = {
    provider: "twilio",
    number: "+12025550100",
    twilioAccountSid: "AC0123456789abcdef0123456789abcdef",
    twilioAuthToken: "token",
    server: { url: bench.receiver.url, headers: secretHeaders },
    ...fields,
  };
  return (await bench.create<{ id: string }>("/phone-number", body)).id;
}
