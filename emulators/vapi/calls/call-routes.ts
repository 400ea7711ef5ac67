import { z } from "zod";
import type { HttpReply, HttpRequest, Route } from "../../http/router";
import type { Emulator } from "../emulator";
import { issuesAsMessages, VapiError } from "../errors";
import { artifactKinds, objectKey } from "../recordings/storage";
import { newestFirst, readObject } from "../resources/resource-routes";
import { assistantShape, customerShape } from "../resources/shapes";
import type { Assistant, Customer } from "../resources/types";
import { scenarios } from "../scenarios";
import { type CallRecord, isOver } from "./call-record";
import { callView } from "./call-views";
import { placeCall } from "./place-call";

const presignedLifetimeMs = 60_000;

const creation = z.object({
  assistantId: z.uuid().optional(),
  assistant: assistantShape.optional(),
  assistantOverrides: z.record(z.string(), z.unknown()).optional(),
  phoneNumberId: z.uuid().optional(),
  customer: customerShape.optional(),
  name: z.string().max(40).optional(),
});

/** GET, POST, PATCH and DELETE of calls, and the redirects to a call's recordings. */
export function callRoutes(emulator: Emulator): Route[] {
  const find = (request: HttpRequest): CallRecord => {
    const record = emulator.calls.get(request.params.id ?? "");
    if (!record) throw new VapiError(404, `Couldn't find call ${request.params.id}`);
    return record;
  };
  const show = (record: CallRecord) => callView(record, emulator.storage);
  return [
    { method: "POST", pattern: "/call", handle: (request) => create(emulator, request) },
    {
      method: "GET",
      pattern: "/call",
      handle(request): HttpReply {
        const filters = ["id", "assistantId", "phoneNumberId"] as const;
        const kept = emulator.calls
          .list()
          .filter((record) => filters.every((key) => (request.query.get(key) ?? record[key]) === record[key]));
        return { status: 200, body: newestFirst(kept, request.query).map(show) };
      },
    },
    { method: "GET", pattern: "/call/:id", handle: (request) => ({ status: 200, body: show(find(request)) }) },
    {
      method: "PATCH",
      pattern: "/call/:id",
      async handle(request): Promise<HttpReply> {
        const record = find(request);
        const parsed = z.strictObject({ name: z.string().max(40).optional() }).safeParse(await readObject(request));
        if (!parsed.success) throw new VapiError(400, issuesAsMessages(parsed.error));
        if (parsed.data.name !== undefined) record.name = parsed.data.name;
        record.updatedAt = new Date(emulator.clock.now()).toISOString();
        await emulator.calls.put(record);
        return { status: 200, body: show(record) };
      },
    },
    {
      method: "DELETE",
      pattern: "/call/:id",
      async handle(request): Promise<HttpReply> {
        const record = find(request);
        if (!isOver(record)) throw new VapiError(400, "Call is still in progress");
        await emulator.calls.delete(record.id);
        emulator.log.forget(record.id);
        return { status: 200, body: show(record) };
      },
    },
    ...artifactKinds.map(
      (kind): Route => ({
        method: "GET",
        pattern: `/call/:id/${kind}`,
        handle(request): HttpReply {
          const record = find(request);
          const isThere =
            isOver(record) && record.startedAt !== undefined && (kind === "call-logs" || record.isRecorded);
          if (!isThere) throw new VapiError(404, `Call ${record.id} has no ${kind}`);
          const location = emulator.storage.presign(objectKey(record.id, kind), presignedLifetimeMs);
          return { status: 302, headers: { location, "cache-control": "no-store" } };
        },
      }),
    ),
  ];
}

/** An outbound call (a phone number and whom to call) or, without a number, a web call; it plays a question about hours. */
async function create(emulator: Emulator, request: HttpRequest): Promise<HttpReply> {
  const parsed = creation.safeParse(await readObject(request));
  if (!parsed.success) throw new VapiError(400, issuesAsMessages(parsed.error));
  const body = parsed.data;
  const number = body.phoneNumberId === undefined ? undefined : emulator.phoneNumbers.get(body.phoneNumberId);
  if (body.phoneNumberId !== undefined && !number)
    throw new VapiError(400, `Couldn't find phone number ${body.phoneNumberId}`);
  const stored = body.assistantId === undefined ? undefined : emulator.assistants.get(body.assistantId);
  if (body.assistantId !== undefined && !stored)
    throw new VapiError(400, `Couldn't find assistant ${body.assistantId}`);
  const value = stored ?? (body.assistant as Assistant | undefined);
  if (!value) throw new VapiError(400, ["assistantId or assistant must be given"]);
  if (number && body.customer?.number === undefined) throw new VapiError(400, ["customer.number must be given"]);
  const wanted = (body.assistantOverrides?.variableValues as { scenario?: unknown } | undefined)?.scenario;
  const scenario = typeof wanted === "string" && scenarios.has(wanted) ? wanted : "hours-question";
  const script = scenarios.get(scenario);
  if (!script) throw new Error(`no scenario ${scenario}`);
  const record = await placeCall(emulator, {
    type: number ? "outboundPhoneCall" : "webCall",
    ...(number ? { number } : {}),
    assistant: { value, ...(stored ? { id: stored.id } : {}) },
    ...(body.assistantOverrides ? { assistantOverrides: body.assistantOverrides } : {}),
    ...(body.customer ? { customer: body.customer as Customer } : {}),
    ...(body.name ? { name: body.name } : {}),
    scenario,
    script,
    variables: {},
    speed: 1,
    faults: [],
    redeliverMs: 0,
    argumentsAs: "object",
    reportExtras: false,
    keepBodies: false,
    hasSynthesisedSpeech: true,
  });
  return { status: 201, body: callView(record, emulator.storage) };
}
