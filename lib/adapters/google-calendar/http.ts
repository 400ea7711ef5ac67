import { z } from "zod";
import { exchangesWith, type Reply } from "@/lib/adapters/oauth-calendars";
import type { CalendarRefusal } from "@/lib/calendars/ports";
import { retryAfterSeconds } from "@/lib/platform/http/retry-after";
import { refuse } from "@/lib/platform/result";

export type { Outcome, Reply } from "@/lib/adapters/oauth-calendars";

/** A page of 2,500 events with the fields we ask for takes about 1 MB. */
export const { exchange, read } = exchangesWith("Google", { maxBytes: 16 * 1_048_576 });

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
