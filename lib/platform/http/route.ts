import { unstable_rethrow } from "next/navigation";
import { newId } from "../ids";
import type { Logger } from "../logger";
import { processEnv, processLog } from "../runtime";
import { trackWork } from "../shutdown";
import { hostAllowed } from "./host";
import { isOutOfReach } from "./out-of-reach";
import { noteOutage } from "./outage";
import { problem, problemOf } from "./problem";

export type RouteInfo<P> = {
  /** From the caller's `x-request-id` when it is a plain one, else ours; returned in the same header. */
  requestId: string;
  params: P;
  /** Carries the request's id; bind more to it with `addToLog`. */
  log: Logger;
  /** Adds ids (organisation, call …) to every line logged from here on, the closing one included. */
  addToLog(bindings: { orgId?: string; callId?: string; [name: string]: string | undefined }): void;
};

export type RouteHandler<P> = (request: Request, info: RouteInfo<P>) => Promise<Response> | Response;
type NextHandler<P> = (request: Request, context: { params: Promise<P> }) => Promise<Response>;

/** `quiet`: its requests are logged at debug only (probes that come every few seconds). */
export type RouteOptions = { name: string; quiet?: boolean };

const PLAIN_ID = /^[\w.:-]{8,128}$/;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Method = (typeof METHODS)[number];

/**
 * Wraps a route handler: request id in and out, a log line per request, the host check of embedded mode, and errors as problems
 * (RFC 9457). Only what nobody foresaw becomes a 500, and is logged whole.
 */
export function route<P = Record<string, never>>(handler: RouteHandler<P>, options: RouteOptions): NextHandler<P> {
  return async (request, context) => {
    const given = request.headers.get("x-request-id") ?? "";
    const requestId = PLAIN_ID.test(given) ? given : newId("request");
    const startedAt = performance.now();
    const log = processLog().child({ requestId, route: options.name });
    const info: RouteInfo<P> = {
      requestId,
      params: await context.params,
      log,
      addToLog(more) {
        log.setBindings(Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)));
      },
    };
    const finish = trackWork();
    let response: Response;
    try {
      response = hostAllowed(request.headers.get("host"), processEnv())
        ? await handler(request, info)
        : problem({ code: "misdirected", detail: "This server answers only as localhost or 127.0.0.1.", requestId });
    } catch (error) {
      response = answerTo(error, requestId, log);
    } finally {
      finish();
    }
    const line = { method: request.method, status: response.status, ms: Math.round(performance.now() - startedAt) };
    log[options.quiet ? "debug" : "info"](line, "request");
    return withRequestId(response, requestId);
  };
}

/** Named exports for a route file: the given methods, and a 405 that names them for the others. */
export function routes<P = Record<string, never>>(
  handlers: Partial<Record<Method, RouteHandler<P>>>,
  options: RouteOptions,
): Record<Method, NextHandler<P>> {
  const allow = METHODS.filter((method) => handlers[method]);
  const others = [...(allow.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
  const refuse: RouteHandler<P> = (request, { requestId }) =>
    problem({
      code: "method_not_allowed",
      detail: `${request.method} is not one of ${allow.join(", ")}.`,
      requestId,
      headers: { allow: [...allow, ...others].join(", ") },
    });
  const entries = METHODS.map((method) => [method, route(handlers[method] ?? refuse, options)] as const);
  return Object.fromEntries(entries) as Record<Method, NextHandler<P>>;
}

function answerTo(error: unknown, requestId: string, log: Logger): Response {
  const known = problemOf(error, requestId);
  if (known) {
    if (known.status >= 500) log.warn({ err: error }, "not available");
    return known;
  }
  const digest = (error as { digest?: unknown } | undefined)?.digest;
  if (typeof digest === "string" && digest.startsWith("NEXT_HTTP_ERROR_FALLBACK;404"))
    return problem({ code: "not_found", detail: "This does not exist, or you may not see it.", requestId });
  unstable_rethrow(error);
  if (isOutOfReach(error)) {
    noteOutage(error);
    log.error({ err: error }, "not available");
    return problem({
      code: "unavailable",
      detail: "Something this needs cannot be reached just now. Try again in a moment.",
      requestId,
      headers: { "retry-after": "5" },
    });
  }
  log.error({ err: error }, "request failed");
  return problem({ code: "internal", detail: "The failure was logged under this request id.", requestId });
}

/** Responses of fetch and Response.redirect have immutable headers. */
function withRequestId(response: Response, requestId: string): Response {
  try {
    response.headers.set("x-request-id", requestId);
    return response;
  } catch {
    const headers = new Headers(response.headers);
    headers.set("x-request-id", requestId);
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }
}
