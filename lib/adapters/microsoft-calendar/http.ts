import { z } from "zod";
import { exchangesWith, type Reply } from "@/lib/adapters/oauth-calendars";
import type { CalendarRefusal } from "@/lib/calendars/ports";
import { retryAfterSeconds } from "@/lib/platform/http/retry-after";
import { refuse } from "@/lib/platform/result";

export type { Outcome, Reply } from "@/lib/adapters/oauth-calendars";

/** A page of 500 events with all their properties takes about 2 MB; bodies of long invitations more. */
export const { exchange, read } = exchangesWith("Microsoft", { maxBytes: 32 * 1_048_576 });

const problem = z.object({ error: z.object({ code: z.string() }) });

/** Graph's word for what was wrong; see https://learn.microsoft.com/graph/errors. */
export function codeOf(reply: Reply): string {
  const code = problem.safeParse(reply.body).data?.error.code ?? "";
  return /^[\w.]{1,60}$/.test(code) ? code : "";
}

/** What a failed request comes to wherever it was sent. */
export function refusalOf(reply: Reply, name: string): CalendarRefusal {
  if (reply.status === 429) return refuse("rate_limited", { retryAfterSeconds: retryAfterSeconds(reply.headers) });
  if (reply.status === 401) return refuse("revoked");
  return refuse("rejected", { what: `Microsoft refused ${name}: ${reply.status} ${codeOf(reply)}`.trim() });
}
