import { Agent, fetch as undiciFetch } from "undici";
import { singleton } from "../singleton";
import { assertPublicUrl, BlockedAddress, publicLookup } from "./address";

export class BodyTooLarge extends Error {
  constructor(readonly maxBytes: number) {
    super(`The answer is larger than ${maxBytes} bytes`);
    this.name = "BodyTooLarge";
  }
}

export type GuardedRequest = {
  method?: string;
  headers?: Record<string, string>;
  /** Sent to the first address's origin only: dropped when a redirect leads elsewhere. */
  secretHeaders?: Record<string, string>;
  body?: string | Uint8Array;
  /** The answer's body may not be longer; reading beyond fails with BodyTooLarge. */
  maxBytes: number;
  /** For the whole exchange, the body included. */
  timeoutMs: number;
  /** Redirects to follow (GET only), each checked like the first address; 0 unless told: the 3xx itself is the answer. */
  maxRedirects?: number;
  /** Origins that may be private, exactly as `URL.origin` writes them: the emulator's, in embedded mode. */
  allowOrigins?: readonly string[];
  signal?: AbortSignal;
};

const agents = () =>
  singleton("guarded-agents", () => ({
    guarded: new Agent({ connect: { lookup: publicLookup(), timeout: 5_000 }, headersTimeout: 30_000 }),
    allowed: new Agent({ connect: { timeout: 5_000 }, headersTimeout: 30_000 }),
  }));

/**
 * Fetches an address that came from outside. Throws BlockedAddress for one that is not public, checked on the address actually connected
 * to; other failures are fetch's own. Needs undici's own fetch: Node's global one does not take this package's agents.
 */
export async function guardedFetch(address: string | URL, request: GuardedRequest): Promise<Response> {
  const first = parseUrl(address);
  const signals = [AbortSignal.timeout(request.timeoutMs), ...(request.signal ? [request.signal] : [])];
  const signal = AbortSignal.any(signals);
  let url = first;
  let withSecrets = true;
  for (let redirects = 0; ; redirects++) {
    const answer = await once(url, request, signal, withSecrets);
    const target = redirects < (request.maxRedirects ?? 0) ? redirectTarget(answer, url) : undefined;
    if (!target) return capped(answer, request.maxBytes);
    await answer.body?.cancel();
    url = target;
    withSecrets &&= url.origin === first.origin;
  }
}

async function once(url: URL, request: GuardedRequest, signal: AbortSignal, withSecrets: boolean) {
  const allowed = request.allowOrigins?.includes(url.origin) ?? false;
  if (!allowed) assertPublicUrl(url);
  try {
    return await undiciFetch(url, {
      method: request.method ?? "GET",
      headers: { ...request.headers, ...(withSecrets ? request.secretHeaders : {}) },
      ...(request.body === undefined ? {} : { body: request.body }),
      dispatcher: allowed ? agents().allowed : agents().guarded,
      redirect: "manual",
      signal,
    });
  } catch (error) {
    for (let e: unknown = error; e instanceof Error; e = e.cause) if (e instanceof BlockedAddress) throw e;
    throw error;
  }
}

function parseUrl(address: string | URL): URL {
  const url = URL.parse(String(address));
  if (!url) throw new BlockedAddress("no address at all");
  return url;
}

function redirectTarget(
  answer: { status: number; headers: { get(name: string): string | null } },
  from: URL,
): URL | undefined {
  const location = answer.headers.get("location");
  if (![301, 302, 303, 307, 308].includes(answer.status) || !location) return undefined;
  return URL.parse(location, from) ?? undefined;
}

type Answer = Awaited<ReturnType<typeof undiciFetch>>;

async function capped(answer: Answer, maxBytes: number): Promise<Response> {
  const headers = new Headers([...answer.headers]);
  const init = { status: answer.status, statusText: answer.statusText, headers };
  if (!answer.body) return new Response(null, init);
  // What arrives here is decoded already: the length announced is not the one read.
  const encoded = headers.has("content-encoding");
  if (encoded) for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  if (Number(headers.get("content-length") ?? 0) > maxBytes) {
    await answer.body.cancel();
    throw new BodyTooLarge(maxBytes);
  }
  let size = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new BodyTooLarge(maxBytes);
      controller.enqueue(chunk);
    },
  });
  return new Response((answer.body as ReadableStream<Uint8Array>).pipeThrough(counter), init);
}
