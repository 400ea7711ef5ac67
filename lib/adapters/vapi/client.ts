import { ConsecutiveBreaker, circuitBreaker, handleWhen } from "cockatiel";
import type { DownloadedRecording, ProviderCall, VoiceProvider } from "@/lib/calls/ports";
import type { NumberProvider, ProviderNumber } from "@/lib/connections/ports";
import { parseJson } from "@/lib/platform/http/json";
import { singleton } from "@/lib/platform/singleton";
import { guardedFetch } from "@/lib/platform/ssrf";
import { readCall } from "./map";
import { type Fields, fields, list, text } from "./payload";
import { readReport } from "./report";

export type VapiConfig = {
  /** Keeps one failing account from slowing the others: each connection has its own breaker. */
  connectionId: string;
  /** Origin of the API, without a slash at its end. */
  baseUrl: string;
  apiKey: string;
  /** Where a recording's redirect may lead although it is not public: the emulator's own origin, in embedded mode only. */
  loopbackOrigin?: string | undefined;
};

/** `status` is the provider's; undefined when there was no answer. */
class VapiError extends Error {
  constructor(
    message: string,
    readonly status?: number,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = "VapiError";
  }
}

const TIMEOUT_MS = 8_000;
const DOWNLOAD_MS = 60_000;
const MAX_JSON_BYTES = 8 * 1_048_576;
const MAX_RECORDING_BYTES = 200 * 1_048_576;
const AUDIO = /^(audio\/[\w.+-]+|application\/octet-stream|binary\/octet-stream)$/;

const breakers = () => singleton("vapi-breakers", () => new Map<string, ReturnType<typeof newBreaker>>());

/** A refusal (4xx) is the provider's answer, not its failure. */
const isOutage = (error: unknown): boolean =>
  !(error instanceof VapiError) || error.status === undefined || error.status >= 500;
const newBreaker = () =>
  circuitBreaker(handleWhen(isOutage), { halfOpenAfter: 15_000, breaker: new ConsecutiveBreaker(5) });

function breakerOf(connectionId: string) {
  const held = breakers();
  const breaker = held.get(connectionId) ?? newBreaker();
  held.set(connectionId, breaker);
  return breaker;
}

export type VapiClient = VoiceProvider & NumberProvider;

/** Vapi's REST API as far as we use it. The key goes to the configured origin and nowhere else. */
export function vapiClient(config: VapiConfig): VapiClient {
  const origin = new URL(config.baseUrl).origin;
  const breaker = breakerOf(config.connectionId);

  const send = (method: string, path: string, body?: object): Promise<Response> =>
    breaker.execute(async ({ signal }) => {
      const response = await guardedFetch(`${config.baseUrl}${path}`, {
        method,
        headers: { accept: "application/json", ...(body ? { "content-type": "application/json" } : {}) },
        secretHeaders: { authorization: `Bearer ${config.apiKey}` },
        ...(body ? { body: JSON.stringify(body) } : {}),
        maxBytes: MAX_JSON_BYTES,
        timeoutMs: TIMEOUT_MS,
        allowOrigins: [origin],
        signal,
      }).catch((cause: unknown) => {
        throw new VapiError("Vapi could not be reached", undefined, { cause });
      });
      if (response.status >= 500) throw new VapiError(`Vapi answered ${response.status}`, response.status);
      return response;
    });

  const json = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await send(method, path, body);
    if (!response.ok)
      throw new VapiError(`Vapi refused ${method} ${path.split("?")[0]}: ${await reasonOf(response)}`, response.status);
    return parseJson(new Uint8Array(await response.arrayBuffer()));
  };

  return {
    async listPhoneNumbers() {
      return list(await json("GET", "/phone-number?limit=1000")).flatMap((entry) => phoneNumber(fields(entry)) ?? []);
    },
    async createPhoneNumber(number) {
      return required(phoneNumber(fields(await json("POST", "/phone-number", number))));
    },
    async updatePhoneNumber(id, changes) {
      return required(phoneNumber(fields(await json("PATCH", `/phone-number/${encodeURIComponent(id)}`, changes))));
    },
    async getCall(externalId): Promise<ProviderCall> {
      try {
        return readProviderCall(fields(await json("GET", `/call/${encodeURIComponent(externalId)}`)));
      } catch (error) {
        if (error instanceof VapiError && error.status === 404) return undefined;
        throw error;
      }
    },
    async downloadRecording(externalId) {
      for (const kind of ["stereo-recording", "mono-recording"]) {
        const response = await send("GET", `/call/${encodeURIComponent(externalId)}/${kind}`);
        const location = response.headers.get("location");
        if (response.status >= 300 && response.status < 400 && location)
          return download(config, new URL(location, config.baseUrl));
        await response.body?.cancel();
        if (response.status !== 404) throw new VapiError(`Vapi gave no ${kind}: ${response.status}`, response.status);
      }
      return undefined;
    },
  };
}

/** The redirect leads to a store whose link carries its own permission: it gets no key of ours. */
async function download(config: VapiConfig, url: URL): Promise<DownloadedRecording> {
  const response = await guardedFetch(url, {
    maxBytes: MAX_RECORDING_BYTES,
    timeoutMs: DOWNLOAD_MS,
    allowOrigins: config.loopbackOrigin ? [config.loopbackOrigin] : [],
  });
  const contentType = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (response.ok && AUDIO.test(contentType))
    return { bytes: new Uint8Array(await response.arrayBuffer()), contentType };
  await response.body?.cancel();
  throw new VapiError(
    response.ok
      ? `The recording came as ${contentType || "nothing known"}, not as audio`
      : `The recording could not be fetched: ${response.status}`,
    response.status,
  );
}

/** A call from the API has at its top what a message has under `call`. */
function readProviderCall(call: Fields | undefined): ProviderCall {
  const facts = call && readCall({ call, customer: call.customer });
  return facts ? { call: facts, report: readReport({ ...call, call }) } : undefined;
}

function phoneNumber(entry: Fields | undefined): ProviderNumber | undefined {
  const id = text(entry?.id);
  return id
    ? { id, number: text(entry?.number), name: text(entry?.name), serverUrl: text(fields(entry?.server)?.url) }
    : undefined;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new VapiError("Vapi answered with something else than was asked for");
  return value;
}

async function reasonOf(response: Response): Promise<string> {
  const body = await response.text().catch(() => "");
  return `${response.status} ${body.slice(0, 200)}`;
}
