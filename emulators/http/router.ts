import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";

export interface HttpRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  params: Record<string, string>;
  /** Whole body; rejects with `BodyTooLarge` above the router's limit. */
  body(): Promise<Buffer>;
}

export interface HttpReply {
  status: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body?: string | Buffer | object;
}

export interface Route {
  method: string;
  /** Path with `:name` segments, e.g. `/call/:id`. */
  pattern: string;
  handle: (request: HttpRequest) => HttpReply | Promise<HttpReply>;
}

export interface RouterOptions {
  routes: Route[];
  /** Runs before the route; a reply from here ends the request (authentication, host checks). */
  guard?: (request: HttpRequest) => HttpReply | undefined;
  notFound: (request: HttpRequest) => HttpReply;
  failed: (error: unknown, request: HttpRequest) => HttpReply;
  maxBodyBytes?: number;
}

export class BodyTooLarge extends Error {}

/** Plain node:http server over a table of routes; every vendor's emulator brings its own error shapes. */
export function createRoutedServer(options: RouterOptions): Server {
  const table = options.routes.map((route) => ({ ...route, segments: split(route.pattern) }));
  return createServer((incoming, response) => {
    void answer(incoming, response);
  });

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? "/", "http://emulator");
    const request: HttpRequest = {
      method: incoming.method ?? "GET",
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      params: {},
      body: () => readBody(incoming, options.maxBodyBytes ?? 4_000_000),
    };
    let reply: HttpReply;
    try {
      reply = options.guard?.(request) ?? (await dispatch(request));
    } catch (error) {
      reply = options.failed(error, request);
    }
    write(response, request.method, reply);
  }

  function dispatch(request: HttpRequest): HttpReply | Promise<HttpReply> {
    const method = request.method === "HEAD" ? "GET" : request.method;
    const segments = split(request.path);
    for (const route of table) {
      const params = route.method === method ? match(route.segments, segments) : undefined;
      if (params) return route.handle({ ...request, params });
    }
    return options.notFound(request);
  }
}

function split(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function match(pattern: string[], segments: string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const actual = segments[index] ?? "";
    if (expected.startsWith(":")) params[expected.slice(1)] = decode(actual);
    else if (expected !== actual) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) throw new BodyTooLarge(`body above ${limit} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function write(response: ServerResponse, method: string, reply: HttpReply): void {
  const isJson = typeof reply.body === "object" && !Buffer.isBuffer(reply.body);
  const bytes = isJson
    ? Buffer.from(JSON.stringify(reply.body))
    : Buffer.isBuffer(reply.body)
      ? reply.body
      : Buffer.from(typeof reply.body === "string" ? reply.body : "");
  const headers: Record<string, string> = { ...reply.headers };
  if (isJson) headers["content-type"] ??= "application/json; charset=utf-8";
  if (reply.status !== 204) headers["content-length"] ??= String(bytes.length);
  response.writeHead(reply.status, headers);
  response.end(method === "HEAD" || reply.status === 204 ? undefined : bytes);
}
