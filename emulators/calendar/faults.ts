import { z } from "zod";
import type { Clock } from "../http/clock";

export const faultsShape = z.strictObject({
  /** The next `times` requests to the API are turned away; `as` says in which of the vendor's forms. */
  rateLimit: z
    .strictObject({
      times: z.number().int().min(1).max(10_000),
      retryAfterSeconds: z.number().int().min(0).max(86_400).optional(),
      as: z.enum(["429", "403"]).default("429"),
    })
    .optional(),
  /** Every request but those of the control endpoints is answered 503 for so long. */
  downForMs: z.number().int().min(0).max(86_400_000).optional(),
  /** Answers come this much later. */
  slowMs: z.number().int().min(0).max(600_000).optional(),
  /** Pages hold no more than this, however many a client asks for. */
  pageSize: z.number().int().min(1).max(1000).optional(),
  push: z
    .strictObject({
      delayMs: z.number().int().min(0).max(600_000).default(0),
      /** How often each message is delivered. */
      copies: z.number().int().min(1).max(20).default(1),
      drop: z.boolean().default(false),
    })
    .optional(),
  /** The vendor's clock stands this far from the real one: in its Date header, stamps and lifetimes. */
  clockSkewMs: z.number().int().min(-864_000_000).max(864_000_000).optional(),
});

export type FaultOrder = z.output<typeof faultsShape>;

export interface Faults {
  /** Adds to what is set; `clear` ends all. */
  set(order: FaultOrder): void;
  clear(): void;
  /** What stands now, as the control endpoint shows it. */
  state(): object;
  isDown(): boolean;
  /** Takes one from the requests to be turned away. */
  takeRateLimit(): { as: "429" | "403"; retryAfterSeconds: number | undefined } | undefined;
  slowMs(): number;
  pageSize(): number;
  push(): { delayMs: number; copies: number; drop: boolean };
  /** The vendor's clock. */
  clock: Clock;
}

export function createFaults(real: Clock): Faults {
  let order: FaultOrder = {};
  let downUntilMs = 0;
  return {
    set(more) {
      order = { ...order, ...more };
      if (more.downForMs !== undefined) downUntilMs = real.now() + more.downForMs;
    },
    clear() {
      order = {};
      downUntilMs = 0;
    },
    state: () => ({ ...order, isDown: real.now() < downUntilMs }),
    isDown: () => real.now() < downUntilMs,
    takeRateLimit() {
      const limit = order.rateLimit;
      if (!limit) return undefined;
      const left = limit.times - 1;
      order = { ...order, rateLimit: left > 0 ? { ...limit, times: left } : undefined };
      return { as: limit.as, retryAfterSeconds: limit.retryAfterSeconds };
    },
    slowMs: () => order.slowMs ?? 0,
    pageSize: () => order.pageSize ?? Number.POSITIVE_INFINITY,
    push: () => order.push ?? { delayMs: 0, copies: 1, drop: false },
    clock: { ...real, now: () => real.now() + (order.clockSkewMs ?? 0) },
  };
}
