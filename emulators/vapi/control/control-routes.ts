import { z } from "zod";
import type { HttpReply, Route } from "../../http/router";
import { callView } from "../calls/call-views";
import { type CallRequest, placeCall } from "../calls/place-call";
import { faultShape } from "../delivery/faults";
import type { Emulator } from "../emulator";
import { issuesAsMessages, VapiError } from "../errors";
import { readObject } from "../resources/resource-routes";
import { customerShape } from "../resources/shapes";
import type { Customer, StoredPhoneNumber } from "../resources/types";
import { scenarios } from "../scenarios";
import { type Script, scriptShape } from "../scripts/script";

const orderShape = z.strictObject({
  type: z.enum(["inboundPhoneCall", "webCall"]).default("inboundPhoneCall"),
  phoneNumberId: z.string().optional(),
  number: z.string().optional(),
  assistantId: z.string().optional(),
  customer: customerShape.optional(),
  scenario: z.string().optional(),
  script: scriptShape.optional(),
  variables: z.record(z.string(), z.unknown()).default({}),
  seed: z.number().int().min(0).optional(),
  speed: z.number().min(0).max(1000).default(1),
  faults: z.array(faultShape).default([]),
  redeliver: z.object({ maxMs: z.number().min(0).max(600_000) }).optional(),
  argumentsAs: z.enum(["object", "string", "flat"]).default("object"),
  /** `estimated`: lengths are reckoned from the text and the recording is silent, for load. */
  speech: z.enum(["synthesised", "estimated"]).default("synthesised"),
  reportExtras: z.boolean().default(false),
  keepBodies: z.boolean().default(false),
  ringsAt: z.iso.datetime().optional(),
});

/** Endpoints the vendor does not have: place calls, watch what was delivered. */
export function controlRoutes(emulator: Emulator): Route[] {
  return [
    {
      method: "GET",
      pattern: "/_emulator/health",
      handle: () => ({
        status: 200,
        body: { status: "ok", liveCalls: emulator.live.size, calls: emulator.calls.list().length },
      }),
    },
    {
      method: "GET",
      pattern: "/_emulator/scenarios",
      handle: () => ({
        status: 200,
        body: [...scenarios].map(([name, script]) => ({ name, description: script.description })),
      }),
    },
    {
      method: "POST",
      pattern: "/_emulator/calls",
      async handle(request): Promise<HttpReply> {
        const parsed = orderShape.safeParse(await readObject(request));
        if (!parsed.success) throw new VapiError(400, issuesAsMessages(parsed.error));
        const record = await placeCall(emulator, readOrder(emulator, parsed.data));
        return { status: 201, body: callView(record, emulator.storage) };
      },
    },
    {
      /** `?waitMs=` answers when the call is over and delivered, or after that time; `isDone` says which. */
      method: "GET",
      pattern: "/_emulator/calls/:id",
      async handle(request): Promise<HttpReply> {
        const record = find(emulator, request.params.id);
        const waitMs = Math.min(Number(request.query.get("waitMs") ?? 0) || 0, 600_000);
        const live = emulator.live.get(record.id);
        if (live && waitMs > 0) await waitFor(emulator, live.done, waitMs);
        const { emulation, timeline } = record;
        const call = callView(record, emulator.storage);
        return { status: 200, body: { isDone: !emulator.live.has(record.id), call, emulation, timeline } };
      },
    },
    {
      method: "GET",
      pattern: "/_emulator/calls/:id/deliveries",
      handle: (request) => ({ status: 200, body: emulator.log.of(find(emulator, request.params.id).id) }),
    },
    {
      method: "POST",
      pattern: "/_emulator/calls/:id/hang-up",
      handle(request): HttpReply {
        const record = find(emulator, request.params.id);
        emulator.live.get(record.id)?.hangUp();
        return { status: 202, body: { id: record.id } };
      },
    },
  ];
}

function readOrder(emulator: Emulator, order: z.infer<typeof orderShape>): CallRequest {
  const { script, scenario } = scriptOf(order.scenario, order.script);
  const number = order.type === "webCall" ? undefined : numberOf(emulator, order);
  const assistantId = order.assistantId ?? number?.assistantId;
  const assistant = assistantId === undefined ? undefined : emulator.assistants.get(assistantId);
  if (assistantId !== undefined && !assistant) throw new VapiError(404, `Couldn't find assistant ${assistantId}`);
  if (order.type === "webCall" && !assistant) throw new VapiError(400, ["assistantId must be given for a web call"]);
  const caller = (order.customer ?? {}) as Customer;
  const spokenName = order.variables.name ?? script.variables.name;
  const named = { name: typeof spokenName === "string" ? spokenName : "Maya Patel" };
  const customer: Customer = order.type === "webCall" ? caller : { number: "+12025550123", ...named, ...caller };
  return {
    type: order.type,
    ...(number ? { number } : {}),
    ...(assistant && assistantId ? { assistant: { value: assistant, id: assistantId } } : {}),
    ...(Object.keys(customer).length > 0 ? { customer } : {}),
    scenario,
    script,
    variables: order.variables,
    ...(order.seed === undefined ? {} : { seed: order.seed }),
    speed: order.speed,
    faults: order.faults,
    redeliverMs: order.redeliver?.maxMs ?? 0,
    argumentsAs: order.argumentsAs,
    reportExtras: order.reportExtras,
    keepBodies: order.keepBodies,
    hasSynthesisedSpeech: order.speech === "synthesised",
    ...(order.ringsAt ? { ringsAt: order.ringsAt } : {}),
  };
}

function scriptOf(name: string | undefined, given: Script | undefined): { script: Script; scenario: string } {
  if (given) return { script: given, scenario: name ?? "script" };
  const scenario = name ?? "booking";
  const script = scenarios.get(scenario);
  if (!script) throw new VapiError(400, [`scenario must be one of ${[...scenarios.keys()].join(", ")}`]);
  return { script, scenario };
}

function numberOf(emulator: Emulator, order: z.infer<typeof orderShape>): StoredPhoneNumber | undefined {
  const all = emulator.phoneNumbers.list();
  if (order.phoneNumberId !== undefined) {
    const found = emulator.phoneNumbers.get(order.phoneNumberId);
    if (!found) throw new VapiError(404, `Couldn't find phone number ${order.phoneNumberId}`);
    return found;
  }
  if (order.number !== undefined) {
    const found = all.find((candidate) => candidate.number === order.number);
    if (!found) throw new VapiError(404, `Couldn't find phone number ${order.number}`);
    return found;
  }
  if (order.assistantId !== undefined) return undefined;
  if (all.length !== 1) throw new VapiError(400, ["phoneNumberId, number or assistantId must be given"]);
  return all[0];
}

function find(emulator: Emulator, id: string | undefined) {
  const record = emulator.calls.get(id ?? "");
  if (!record) throw new VapiError(404, `Couldn't find call ${id}`);
  return record;
}

async function waitFor(emulator: Emulator, done: Promise<void>, waitMs: number): Promise<void> {
  const enough = new AbortController();
  await Promise.race([done, emulator.clock.sleep(waitMs, AbortSignal.any([enough.signal, emulator.closing]))]);
  enough.abort();
}
