import { z } from "zod";

const common = {
  /** Chance per message, 0 to 1. */
  p: z.number().min(0).max(1).default(1),
  /** Only these message types; all when absent. */
  messages: z.array(z.string()).optional(),
};

/** `extra`: a copy with a wrong secret arrives before the true message; `replace`: only the wrong one arrives. */
const forged = { ...common, mode: z.enum(["extra", "replace"]).default("extra") };

const faultObject = z.discriminatedUnion("type", [
  /** The message arrives once more, `afterMs` later; 0 means both are under way together. */
  z.object({
    type: z.literal("duplicate"),
    ...common,
    afterMs: z.number().min(0).default(0),
    copies: z.number().int().min(1).max(5).default(1),
  }),
  /** Messages that need no answer are held back until `window` are there, then sent in another order. */
  z.object({ type: z.literal("reorder"), ...common, window: z.number().int().min(2).max(50).default(4) }),
  z.object({ type: z.literal("drop"), ...common }),
  /** Held back while later messages pass. */
  z.object({
    type: z.literal("delay"),
    ...common,
    minMs: z.number().min(0).default(50),
    maxMs: z.number().min(0).default(500),
  }),
  z.object({ type: z.literal("wrong-signature"), ...forged }),
  z.object({ type: z.literal("wrong-secret"), ...forged }),
  /** The socket is destroyed after the request was sent; with `resend` the same message follows. */
  z.object({
    type: z.literal("disconnect"),
    ...common,
    messages: z.array(z.string()).default(["tool-calls"]),
    afterMs: z.number().min(0).default(10),
    resend: z.boolean().default(true),
    resendAfterMs: z.number().min(0).default(20),
  }),
  z.object({
    type: z.literal("slow-body"),
    ...common,
    chunks: z.number().int().min(2).max(100).default(5),
    pauseMs: z.number().min(0).max(5000).default(40),
  }),
]);

export type Fault = z.infer<typeof faultObject>;
type FaultOf<Type extends Fault["type"]> = Extract<Fault, { type: Type }>;

/** A fault by name alone takes its defaults. */
export const faultShape = z.preprocess((value) => (typeof value === "string" ? { type: value } : value), faultObject);

export function faultFor<Type extends Fault["type"]>(
  faults: readonly Fault[],
  type: Type,
  messageType: string,
  chance: (p: number) => boolean,
): FaultOf<Type> | undefined {
  return faults.find(
    (fault): fault is FaultOf<Type> =>
      fault.type === type && (fault.messages?.includes(messageType) ?? true) && (fault.p >= 1 || chance(fault.p)),
  );
}
