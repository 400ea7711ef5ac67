import { createHash, randomUUID } from "node:crypto";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { Clock } from "../../http/clock";
import type { Poster, PostOutcome } from "../../http/post";
import type { SeededRandom } from "../../http/seeded-random";
import type { AuthenticationPlan } from "../resources/types";
import type { Delivery, DeliveryLog } from "./delivery-log";
import { type Fault, faultFor } from "./faults";
import { serverHeaders } from "./server-headers";

export interface Letter {
  type: string;
  detail?: string;
  toolCallIds?: string[];
  /** Called for each attempt: a report carries new presigned links every time. */
  body: () => string;
}

export type LetterOutcome = PostOutcome | { error: "dropped" };

export interface Messenger {
  /** Sends in order, without waiting for the answer. */
  inform(server: Vapi.Server, letter: Letter): void;
  /** Sends at once; `check` names what is wrong with an answer, for the log. */
  ask(
    server: Vapi.Server,
    letter: Letter,
    timeoutMs: number,
    check?: (body: string) => string | undefined,
  ): Promise<LetterOutcome>;
  /** Resolves when the messages now under way were delivered or given up, or after `maxMs`. */
  catchUp(maxMs: number): Promise<void>;
  /** Resolves when everything handed to `inform` was delivered or given up, held-back messages included. */
  drain(): Promise<void>;
}

export interface MessengerOptions {
  callId: string;
  faults: readonly Fault[];
  /** Send again until 2xx, for at most this long. */
  redeliverMs: number;
  keepBodies: boolean;
  random: SeededRandom;
  clock: Clock;
  poster: Poster;
  log: DeliveryLog;
  signal: AbortSignal;
  planOf: (credentialId: string) => AuthenticationPlan | undefined;
}

interface Sending {
  server: Vapi.Server;
  letter: Letter;
  messageId: string;
  timeoutMs: number;
  keepsAnswer: boolean;
  check?: (body: string) => string | undefined;
  attempts: number;
}

/** All webhook traffic of one call: order, faults, retries and the record of what was acknowledged. */
export function createMessenger(options: MessengerOptions): Messenger {
  const { clock, random, faults, signal } = options;
  const reorder = faults.find((fault) => fault.type === "reorder");
  let held: (() => Promise<unknown>)[] = [];
  let tail: Promise<unknown> = Promise.resolve();
  const aside = new Set<Promise<unknown>>();
  let hasGivenUp = false;

  function enqueue(job: () => Promise<unknown>): void {
    tail = tail.then(job, job);
  }

  function release(): void {
    for (const job of random.shuffle(held)) enqueue(job);
    held = [];
  }

  return {
    inform(server, letter) {
      const sending = startSending(server, letter, (server.timeoutSeconds ?? 20) * 1000, false);
      const delay = faultFor(faults, "delay", letter.type, random.chance);
      if (delay) {
        const late = clock.sleep(random.between(delay.minMs, delay.maxMs), signal).then(() => transmit(sending));
        aside.add(late);
        void late.finally(() => aside.delete(late));
        return;
      }
      if (!reorder || !faultFor(faults, "reorder", letter.type, random.chance)) {
        enqueue(() => transmit(sending));
        return;
      }
      held.push(() => transmit(sending));
      if (held.length >= reorder.window) release();
    },
    async ask(server, letter, timeoutMs, check) {
      const sending = startSending(server, letter, timeoutMs, true, check);
      const delay = faultFor(faults, "delay", letter.type, random.chance);
      if (delay) await clock.sleep(random.between(delay.minMs, delay.maxMs), signal);
      return transmit(sending);
    },
    async catchUp(maxMs) {
      const enough = new AbortController();
      await Promise.race([tail, clock.sleep(maxMs, enough.signal)]);
      enough.abort();
    },
    async drain() {
      release();
      await tail;
      while (aside.size > 0) await Promise.allSettled(aside);
    },
  };

  function startSending(
    server: Vapi.Server,
    letter: Letter,
    timeoutMs: number,
    keepsAnswer: boolean,
    check?: (body: string) => string | undefined,
  ): Sending {
    return {
      server,
      letter,
      timeoutMs,
      keepsAnswer,
      messageId: randomUUID(),
      attempts: 0,
      ...(check ? { check } : {}),
    };
  }

  async function transmit(sending: Sending): Promise<LetterOutcome> {
    const { type } = sending.letter;
    if (faultFor(faults, "drop", type, random.chance)) {
      record(sending, "dropped", { error: "dropped" }, "", 0);
      return { error: "dropped" };
    }
    const forgery =
      faultFor(faults, "wrong-signature", type, random.chance) ?? faultFor(faults, "wrong-secret", type, random.chance);
    // Without a secret to get wrong there is nothing to forge.
    const isGuarded = sending.server.credentialId !== undefined || Object.keys(sending.server.headers ?? {}).length > 0;
    if (forgery && isGuarded) {
      const outcome = await attempt(sending, "forged", {});
      if (forgery.mode === "replace") return outcome;
    }
    const disconnect = faultFor(faults, "disconnect", type, random.chance);
    if (disconnect) {
      const outcome = await attempt(sending, "original", { disconnectAfterMs: disconnect.afterMs });
      if (!disconnect.resend) return outcome;
      await clock.sleep(disconnect.resendAfterMs, signal);
    }
    const slow = faultFor(faults, "slow-body", type, random.chance);
    const duplicate = faultFor(faults, "duplicate", type, random.chance);
    const first = attempt(sending, disconnect ? "resent" : "original", slow ? { slow } : {});
    const copies = Array.from({ length: duplicate?.copies ?? 0 }, async (_, index) => {
      await clock.sleep((duplicate?.afterMs ?? 0) * (index + 1), signal);
      return attempt(sending, "duplicate", {});
    });
    // An assistant-request has its one deadline; a second try would come after the caller has hung up.
    const outcome = type === "assistant-request" ? await first : await persist(sending, await first);
    await Promise.all(copies);
    return outcome;
  }

  /** The server's own backoff plan first, then the call's `redeliver`. */
  async function persist(sending: Sending, first: PostOutcome): Promise<PostOutcome> {
    let outcome = first;
    const plan = sending.server.backoffPlan;
    const excluded = new Set<unknown>(plan?.excludedStatusCodes ?? []);
    for (let retry = 0; retry < (plan?.maxRetries ?? 0); retry++) {
      if (isSuccess(outcome) || ("status" in outcome && excluded.has(outcome.status)) || signal.aborted) break;
      const growth = String(plan?.type) === "exponential" ? 2 ** retry : 1;
      await clock.sleep((plan?.baseDelaySeconds ?? 1) * 1000 * growth, signal);
      outcome = await attempt(sending, "retried", {});
    }
    if (isSuccess(outcome)) hasGivenUp = false;
    // A webhook that stayed away once is not waited for again, message after message.
    const until = clock.now() + (hasGivenUp ? 0 : options.redeliverMs);
    for (let pause = 50; !isSuccess(outcome) && !signal.aborted; pause = Math.min(pause * 2, 1000)) {
      if (clock.now() + pause >= until) {
        hasGivenUp = true;
        break;
      }
      await clock.sleep(pause, signal);
      outcome = await attempt(sending, "retried", {});
    }
    return outcome;
  }

  async function attempt(
    sending: Sending,
    kind: Delivery["kind"],
    how: { disconnectAfterMs?: number; slow?: { chunks: number; pauseMs: number } },
  ): Promise<PostOutcome> {
    const { server, letter } = sending;
    const body = letter.body();
    const url = server.url ?? "";
    const headers = serverHeaders({
      server,
      plan: server.credentialId ? options.planOf(server.credentialId) : undefined,
      url,
      body,
      nowMs: clock.now(),
      isForged: kind === "forged",
    });
    const started = performance.now();
    const outcome = await options.poster.post({ url, headers, body, timeoutMs: sending.timeoutMs, signal, ...how });
    record(sending, kind, outcome, body, performance.now() - started);
    return outcome;
  }

  function record(sending: Sending, kind: Delivery["kind"], outcome: LetterOutcome, body: string, ms: number): void {
    const { letter } = sending;
    sending.attempts += 1;
    const problem = "body" in outcome && kind !== "forged" ? sending.check?.(outcome.body) : undefined;
    options.log.add({
      id: randomUUID(),
      callId: options.callId,
      messageId: sending.messageId,
      type: letter.type,
      ...(letter.detail ? { detail: letter.detail } : {}),
      url: sending.server.url ?? "",
      attempt: sending.attempts,
      kind,
      sentAt: new Date(clock.now() - ms).toISOString(),
      ms: Math.round(ms * 10) / 10,
      ...("status" in outcome ? { status: outcome.status } : { error: outcome.error }),
      isAcknowledged: isSuccess(outcome) && kind !== "forged",
      bodySha256: createHash("sha256").update(body).digest("hex"),
      ...(letter.toolCallIds ? { toolCallIds: letter.toolCallIds } : {}),
      ...("body" in outcome && (sending.keepsAnswer || outcome.status >= 300)
        ? { response: jsonOrText(outcome.body) }
        : {}),
      ...(problem ? { problem } : {}),
      ...(options.keepBodies && body !== "" ? { body } : {}),
    });
  }
}

export function isSuccess(outcome: LetterOutcome): outcome is { status: number; body: string } {
  return "status" in outcome && outcome.status >= 200 && outcome.status < 300;
}

function jsonOrText(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body.slice(0, 2000);
  }
}
