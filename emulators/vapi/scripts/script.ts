import { z } from "zod";

/** Text with `{{reference}}` parts, or one whole reference such as `$find_slots.say`. */
const speech = z.string().min(1).max(2000);

export interface ToolUse {
  name: string;
  args?: Record<string, unknown>;
  /** The name later turns refer to; the tool's own name when absent. */
  saveAs?: string;
}

/** One step of a conversation. */
export type Turn =
  /** The assistant speaks; `cutAfterMs`: the caller breaks in (`interrupted`) or is gone. */
  | { agent: string; cutAfterMs?: number; interrupted?: boolean }
  /** The assistant repeats a tool's words; nothing is spoken when the reference is empty. */
  | { say: string }
  | { caller: string; cutAfterMs?: number }
  | { pauseMs: number }
  /** `repeat` sends an earlier tool call again, the same id and arguments included. `isOptional`: passed over where the assistant lacks the tool. */
  | {
      tool: string;
      args?: Record<string, unknown>;
      saveAs?: string;
      repeat?: string;
      isOptional?: boolean;
      filler?: string;
      ifRefused?: Turn[];
      ifDone?: Turn[];
    }
  /** Several calls in one message. */
  | { tools: ToolUse[] }
  /** Names a value for later: each value is a reference. */
  | { set: Record<string, string> }
  | { if: string; play: Turn[]; otherwise?: Turn[] }
  /** The assistant fails to reply in time. */
  | { hang: true }
  /** Another caller rings meanwhile; runs to its end before this call goes on. */
  | { rival: Turn[]; customer?: { number?: string; name?: string } }
  | { transfer: string; message?: string }
  | { hangUp: "caller" | "assistant" }
  | { fail: string };

const turn: z.ZodType<Turn> = z.lazy(() =>
  z.union([
    z.strictObject({ agent: speech, cutAfterMs: z.number().min(0).optional(), interrupted: z.boolean().optional() }),
    z.strictObject({ say: speech }),
    z.strictObject({ caller: speech, cutAfterMs: z.number().min(0).optional() }),
    z.strictObject({ pauseMs: z.number().min(0).max(600_000) }),
    z.strictObject({
      tool: z.string(),
      args: z.record(z.string(), z.unknown()).optional(),
      saveAs: z.string().optional(),
      repeat: z.string().optional(),
      isOptional: z.boolean().optional(),
      filler: speech.optional(),
      ifRefused: z.array(turn).optional(),
      ifDone: z.array(turn).optional(),
    }),
    z.strictObject({
      tools: z
        .array(
          z.strictObject({
            name: z.string(),
            args: z.record(z.string(), z.unknown()).optional(),
            saveAs: z.string().optional(),
          }),
        )
        .min(1)
        .max(16),
    }),
    z.strictObject({ set: z.record(z.string(), z.string()) }),
    z.strictObject({ if: z.string(), play: z.array(turn), otherwise: z.array(turn).optional() }),
    z.strictObject({ hang: z.literal(true) }),
    z.strictObject({
      rival: z.array(turn),
      customer: z.object({ number: z.string().optional(), name: z.string().optional() }).optional(),
    }),
    z.strictObject({ transfer: z.string(), message: z.string().optional() }),
    z.strictObject({ hangUp: z.enum(["caller", "assistant"]) }),
    z.strictObject({ fail: z.string() }),
  ]),
);

export const scriptShape = z.object({
  description: z.string().default("A script given with the call"),
  /** Defaults; the control request's `variables` win. */
  variables: z.record(z.string(), z.unknown()).default({}),
  turns: z.array(turn).max(500),
  /** What the provider's own analysis says afterwards; texts may hold references. */
  analysis: z
    .object({
      summary: z.string().optional(),
      structuredData: z.record(z.string(), z.unknown()).optional(),
      success: z.string().optional(),
    })
    .default({}),
});

export type Script = z.infer<typeof scriptShape>;
/** A scenario as written by hand: everything but the turns may be left out. */
export type ScriptSource = z.input<typeof scriptShape>;
