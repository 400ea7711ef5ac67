import { z } from "zod";

/** Marks a request that fails once its key is taken. */
export const FAILS = "x-emulator-fails";

const chance = z.number().min(0).max(1);

export const faultsShape = z.strictObject({
  /** The next requests to the API; one after another in the order given. */
  requests: z
    .array(
      z.strictObject({
        kind: z.enum(["429", "500", "500-kept", "timeout", "reset", "reset-after", "slow"]),
        times: z.number().int().min(1).max(100_000).default(1),
        /** Only requests whose path starts so. */
        path: z.string().optional(),
        method: z.string().optional(),
        /** For `slow` and `timeout`. */
        ms: z.number().int().min(0).max(600_000).default(1000),
      }),
    )
    .optional(),
  /** How long one meter event takes; another for the same customer and meter meanwhile is answered 429. */
  meterEventMs: z.number().int().min(0).max(60_000).optional(),
  webhooks: z
    .strictObject({
      duplicate: chance.default(0),
      drop: chance.default(0),
      delay: z.strictObject({ chance: chance.default(1), maxMs: z.number().int().min(0).max(600_000) }).optional(),
      /** Deliveries are held until so many wait, then sent in another order. */
      shuffle: z.number().int().min(0).max(10_000).default(0),
      /** Nothing leaves; what happens meanwhile is delivered when this is taken away. */
      hold: z.boolean().default(false),
      seed: z.number().int().default(1),
    })
    .optional(),
});

export type FaultOrder = z.output<typeof faultsShape>;
export type RequestFault = NonNullable<FaultOrder["requests"]>[number];

export interface Faults {
  set(order: FaultOrder): void;
  clear(): void;
  state(): FaultOrder;
  takeRequest(method: string, path: string): RequestFault | undefined;
  onChange(listener: () => void): void;
}

export function createFaults(): Faults {
  let order: FaultOrder = {};
  const listeners: (() => void)[] = [];
  const changed = () => {
    for (const listener of listeners) listener();
  };
  return {
    set(more) {
      order = { ...order, ...more };
      changed();
    },
    clear() {
      order = {};
      changed();
    },
    state: () => order,
    takeRequest(method, path) {
      const found = order.requests?.find(
        (each) => path.startsWith(each.path ?? "/") && (each.method ?? method) === method && each.times > 0,
      );
      if (found) found.times -= 1;
      return found;
    },
    onChange: (listener) => listeners.push(listener),
  };
}
