import { AppError, type BeyondPlan } from "../errors";
import { rateLimitHeaders } from "../rate-limit/rate-limit-headers";

type Code = AppError["code"] | "method_not_allowed" | "misdirected" | "internal";

const KINDS: Record<Code, { status: number; title: string }> = {
  invalid_input: { status: 400, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "Not signed in" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  conflict: { status: 409, title: "In conflict with the present state" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "Unsupported content type" },
  misdirected: { status: 421, title: "Wrong host" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong on our side" },
  unavailable: { status: 503, title: "Not available just now" },
};

export type ProblemFields = {
  code: Code;
  /** One sentence for a person; never carries secrets or internals. */
  detail: string;
  /** `pointer` is a JSON pointer (RFC 6901) into the body. */
  errors?: { pointer: string; detail: string }[] | undefined;
  requestId?: string | undefined;
  /** Of a refusal that a larger plan would change. */
  plan?: BeyondPlan | undefined;
  headers?: Record<string, string>;
};

/** An `application/problem+json` answer (RFC 9457); `code` is the stable part for machines. */
export function problem({ code, detail, errors, requestId, plan, headers }: ProblemFields): Response {
  const { status, title } = KINDS[code];
  return new Response(JSON.stringify({ type: "about:blank", title, status, code, detail, errors, plan, requestId }), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(requestId ? { "x-request-id": requestId } : {}),
      ...headers,
    },
  });
}

/** The answer an error deserves; undefined when it is none of ours and therefore a fault. */
export function problemOf(error: unknown, requestId?: string): Response | undefined {
  if (!(error instanceof AppError)) return undefined;
  const { fields, retryAfterSeconds, rateLimit, beyondPlan } = error.options;
  return problem({
    code: error.code,
    detail: error.message,
    errors: fields?.map((field) => ({ pointer: `/${field.path.replaceAll(".", "/")}`, detail: field.message })),
    requestId,
    plan: beyondPlan,
    headers: {
      ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(Math.ceil(retryAfterSeconds)) }),
      ...(rateLimit && rateLimitHeaders(rateLimit)),
    },
  });
}
