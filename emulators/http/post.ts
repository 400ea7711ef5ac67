import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

export interface PostOptions {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  signal: AbortSignal;
  /** Destroy the socket this long after the whole request has been written, without waiting for an answer. */
  disconnectAfterMs?: number;
  /** Send the body in this many pieces with a pause before each. */
  slow?: { chunks: number; pauseMs: number };
}

export type PostOutcome = { status: number; body: string } | { error: string };

export interface Poster {
  post(options: PostOptions): Promise<PostOutcome>;
  close(): void;
}

const maxAnswerBytes = 1_000_000;

/**
 * One POST by node:http, which adds only Host, Content-Length and Connection to the headers given.
 * Idle sockets are closed after 2 s, well before common servers do, so that a reused socket is not a dead one.
 */
export function createPoster(): Poster {
  const agents = {
    "http:": new HttpAgent({ keepAlive: true, timeout: 2000, scheduling: "lifo" }),
    "https:": new HttpsAgent({ keepAlive: true, timeout: 2000, scheduling: "lifo" }),
  };
  return {
    async post(options) {
      try {
        return await new Promise<PostOutcome>((resolve) => send(options, resolve));
      } catch (error) {
        return { error: String(error) }; // an address or a header that no request can carry
      }
    },
    close() {
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  };

  function send(options: PostOptions, resolve: (outcome: PostOutcome) => void): void {
    const url = new URL(options.url);
    const bytes = Buffer.from(options.body);
    const settings = {
      method: "POST",
      headers: { "Content-Type": "application/json", ...options.headers, "Content-Length": String(bytes.length) },
    };
    const request: ClientRequest =
      url.protocol === "https:"
        ? httpsRequest(url, { ...settings, agent: agents["https:"] })
        : httpRequest(url, { ...settings, agent: agents["http:"] });
    let hasSettled = false;
    const finish = (outcome: PostOutcome) => {
      if (hasSettled) return;
      hasSettled = true;
      clearTimeout(deadline);
      options.signal.removeEventListener("abort", onAbort);
      resolve(outcome);
    };
    const fail = (reason: string) => {
      finish({ error: reason });
      request.destroy();
    };
    const onAbort = () => fail("emulator is closing");
    const deadline = setTimeout(() => fail("timeout"), options.timeoutMs);
    options.signal.addEventListener("abort", onAbort, { once: true });
    request.on("error", (error: NodeJS.ErrnoException) => finish({ error: error.code ?? error.message }));
    request.on("response", (response) => {
      if (options.disconnectAfterMs === undefined) collect(response, finish);
    });
    request.on("close", () => finish({ error: "connection closed" }));
    if (options.disconnectAfterMs !== undefined) {
      const after = options.disconnectAfterMs;
      request.on("finish", () => setTimeout(() => fail("disconnected by the emulator"), after));
    }
    if (options.signal.aborted) onAbort();
    else if (options.slow) void trickle(request, bytes, options.slow);
    else request.end(bytes);
  }
}

function collect(response: IncomingMessage, finish: (outcome: PostOutcome) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxAnswerBytes) chunks.push(chunk);
    else response.destroy(new Error("answer above 1 MB"));
  });
  response.on("error", (error) => finish({ error: error.message }));
  response.on("end", () => finish({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }));
}

async function trickle(
  request: ClientRequest,
  bytes: Buffer,
  slow: { chunks: number; pauseMs: number },
): Promise<void> {
  const size = Math.ceil(bytes.length / slow.chunks);
  for (let start = 0; start < bytes.length; start += size) {
    await new Promise((resolve) => setTimeout(resolve, slow.pauseMs));
    if (request.destroyed) return;
    request.write(bytes.subarray(start, start + size));
  }
  request.end();
}
