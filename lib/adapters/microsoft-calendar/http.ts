import { z } from "zod";
import type { CalendarRefusal } from "@/lib/calendars/ports";
import { exchangeJson, type JsonReply } from "@/lib/platform/http/exchange-json";
import { retryAfterSeconds } from "@/lib/platform/http/retry-after";
import { ok, refuse } from "@/lib/platform/result";
import type { GuardedRequest } from "@/lib/platform/ssrf";

export type Reply = JsonReply;
export type Outcome<T> = { ok: true; value: T } | CalendarRefusal;

const TIMEOUT_MS = 20_000;
/** A page of 500 events with all their properties takes about 2 MB; bodies of long invitations more. */
const MAX_BYTES = 32 * 1_048_576;

type Sent = Pick<GuardedRequest, "method" | "headers" | "secretHeaders" | "body" | "allowOrigins">;

/** One exchange with Microsoft. Answers of 5xx, and none, are `unavailable`. */
export async function exchange(url: string, request: Sent): Promise<Outcome<Reply>> {
  const reply = await exchangeJson(url, { ...request, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
  if ("failed" in reply) return refuse("unavailable", { what: `Microsoft gave no answer (${reply.failed})` });
  return reply.status >= 500 ? refuse("unavailable", { what: `Microsoft answered ${reply.status}` }) : ok(reply);
}

/** The answer as the shape it should have. */
export function read<S extends z.ZodType>(shape: S, reply: Reply): Outcome<z.output<S>> {
  const parsed = shape.safeParse(reply.body);
  if (parsed.success) return ok(parsed.data);
  const where = parsed.error.issues[0]?.path.filter((step) => typeof step === "string").join(".");
  return refuse("unavailable", { what: `Microsoft's answer could not be read (${where})` });
}

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
