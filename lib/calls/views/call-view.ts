import { z } from "zod";
import { callFilter, callOutcomes } from "../call-filter";
import { businessDate } from "../rules/business-day";

/** PostgreSQL has no text with a zero byte in it. */
const oneLine = z.string().transform((text) => text.replaceAll("\0", " ").replace(/\s+/g, " ").trim());

export const viewName = oneLine.pipe(z.string().min(1, "Give it a name.").max(40, "At most 40 letters."));

/** What the address of the list of calls says; at least one thing. Paging is no part of it. */
export const viewFilter = z
  .object({
    q: oneLine.pipe(z.string().min(1).max(200)).optional(),
    /** "today", whichever that is when it is looked at, or YYYY-MM-DD. */
    day: z
      .string()
      .refine((day) => day === "today" || businessDate(day, "UTC") !== undefined)
      .optional(),
    outcome: z.enum(callOutcomes).optional(),
    review: z.literal("1").optional(),
    agent: callFilter.shape.agentId,
  })
  .refine((filter) => Object.keys(filter).length > 0, "Filter the calls first; a view keeps what is chosen.");

export type CallView = {
  id: string;
  name: string;
  filter: z.output<typeof viewFilter>;
  /** Everybody in the organisation has it; otherwise one member. */
  isShared: boolean;
};

/** Of a member's own, and of everybody's. */
export const mostViews = 12;
