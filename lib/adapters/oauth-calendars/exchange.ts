import type { z } from "zod";
import type { CalendarRefusal } from "@/lib/calendars/ports";
import { exchangeJson, type JsonReply } from "@/lib/platform/http/exchange-json";
import { ok, refuse } from "@/lib/platform/result";
import type { GuardedRequest } from "@/lib/platform/ssrf";

export type Reply = JsonReply;
export type Outcome<T> = { ok: true; value: T } | CalendarRefusal;

const TIMEOUT_MS = 20_000;

type Sent = Pick<GuardedRequest, "method" | "headers" | "secretHeaders" | "body" | "allowOrigins">;

/** A vendor to talk JSON with; `name` is what a person reads in a refusal. */
export function exchangesWith(name: string, { maxBytes }: { maxBytes: number }) {
  return {
    /** One exchange. Answers of 5xx, and none, are `unavailable`. */
    async exchange(url: string, request: Sent): Promise<Outcome<Reply>> {
      const reply = await exchangeJson(url, { ...request, maxBytes, timeoutMs: TIMEOUT_MS });
      if ("failed" in reply) return refuse("unavailable", { what: `${name} gave no answer (${reply.failed}).` });
      return reply.status >= 500 ? refuse("unavailable", { what: `${name} answered ${reply.status}.` }) : ok(reply);
    },
    /** The answer as the shape it should have. */
    read<S extends z.ZodType>(shape: S, reply: Reply): Outcome<z.output<S>> {
      const parsed = shape.safeParse(reply.body);
      if (parsed.success) return ok(parsed.data);
      const where = parsed.error.issues[0]?.path.filter((step) => typeof step === "string").join(".");
      return refuse("unavailable", { what: `${name}'s answer could not be read (${where}).` });
    },
  };
}
