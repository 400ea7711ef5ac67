import type { z } from "zod";
import type { Context } from "@/lib/platform/context";

/** What a tool knows about the call in which it is used. */
export type ToolCallInfo = {
  callId: string;
  /** As the carrier sent it, E.164 where it is one; null when withheld. Caller ID is never proof of who speaks. */
  fromNumber: string | null;
  /** The business's zone, in which everything is said. */
  timeZone: string;
  contactId: string | null;
};

export type ToolAnswer = {
  status: "ok" | "refused";
  /** One sentence for the model to say. */
  say: string;
  data?: unknown;
  /** Only with a refusal: what could be had instead. */
  offers?: unknown[];
};

/**
 * 0: anyone · 1: the caller's number belongs to a contact · 2: two facts were verified.
 * The runtime refuses below it, whatever the model says.
 */
export type IdentityLevel = 0 | 1 | 2;

export type AgentTool<Schema extends z.ZodObject = z.ZodObject> = {
  name: string;
  /** For the model: when to use it and what comes back. */
  description: string;
  parameters: Schema;
  identityLevel: IdentityLevel;
  /** A tool of which it is a part: whoever was given that one has this one too, also an agent published before it existed. */
  comesWith?: string;
  /** `ctx.tx` is the open transaction of the tool call: what the tool writes is kept with its result or not at all. */
  run(ctx: Context, args: z.output<Schema>, call: ToolCallInfo): Promise<ToolAnswer>;
  /** Asks the database, into `ctx.ahead`, what `run` will want to know. */
  readAhead?(ctx: Context, args: z.output<Schema>, call: ToolCallInfo): void;
};

/** Keeps the schema's own type for `run` while the tool is declared. */
export const defineTool = <Schema extends z.ZodObject>(tool: AgentTool<Schema>): AgentTool =>
  tool as unknown as AgentTool;
