import { z } from "zod";
import type { CalendarRefusal } from "@/lib/calendars/ports";
import { exchangeJson, type JsonReply } from "@/lib/platform/http/exchange-json";
import { retryAfterSeconds } from "@/lib/platform/http/retry-after";
import { ok, refuse } from "@/lib/platform/result";
import type { GuardedRequest } from "@/lib/platform/ssrf";

export type Reply = JsonReply;
export type Outcome<T> = { ok: true; value: T } | CalendarRefusal;

const TIMEOUT_MS = 20_000;
/** A page of 2,500 events with the fields we ask for takes about 1 MB. */
const MAX_BYTES = 16 * 1_048_576;

type Sent = Pick<GuardedRequest, "method" | "headers" | "secretHeaders" | "body" | "allowOrigins">;

/** One exchange with Google. Answers of 5xx, and none, are `unavailable`. */
export async function exchange(url: string, request: Sent): Promise<Outcome<Reply>> {
  const reply = await exchangeJson(url, { ...request, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
  if ("failed" in reply) return refuse("unavailable", { what: `Google gave no answer (${reply.failed})` });
  return reply.status >= 500 ? refuse("unavailable", { what: `Google answered ${reply.status}` }) : ok(reply);
}

/** The answer as the shape it should have. */
export function read<S extends z.ZodType>(shape: S, reply: Reply): Outcome<z.output<S>> {
  const parsed = shape.safeParse(reply.body);
  if (parsed.success) return ok(parsed.data);
  const where = parsed.error.issues[0]?.path.filter((step) => typeof step === "string").join(".");
  return refuse("unavailable", { what: `Google's answer could not be read (${where})` });
}

const problem = z.object({ error: z.object({ errors: z.array(z.object({ reason: z.string() })).min(1) }) });

/** Google's word for what was wrong; see https://developers.google.com/workspace/calendar/api/guides/errors. */
export function reasonOf(reply: Reply): string {
  const reason = problem.safeParse(reply.body).data?.error.errors[0]?.reason ?? "";
  return /^[\w.]{1,60}$/.test(reason) ? reason : "";
}

const QUOTA = new Set(["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"]);
const SCOPE = new Set(["insufficientPermissions", "insufficientPermission", "accessNotConfigured"]);

/** Whether the token was refused; an address for pushes that Google does not know as ours is 401 as well. */
export const isUnauthorised = (reply: Reply): boolean => reply.status === 401 && !reasonOf(reply).startsWith("push.");

/** What a failed request comes to wherever it was sent; callers look at 404, 409, 410 and 412 before they ask. */
export function refusalOf(reply: Reply, name: string): CalendarRefusal {
  const reason = reasonOf(reply);
  // Quotas are told as 403 or as 429 (…/guides/quota).
  if (reply.status === 429 || (reply.status === 403 && QUOTA.has(reason)))
    return refuse("rate_limited", { retryAfterSeconds: retryAfterSeconds(reply.headers) });
  if (isUnauthorised(reply) || (reply.status === 403 && SCOPE.has(reason))) return refuse("revoked");
  return refuse("rejected", { what: `Google refused ${name}: ${reply.status} ${reason}`.trim() });
}
