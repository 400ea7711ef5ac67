import "server-only";
import type { ToolRunner } from "@/lib/calls/ports";
import { acceptOfferTool } from "./accept-offer";
import { bookAppointmentTool } from "./book-appointment";
import { bookSeriesTool } from "./book-series";
import { businessHoursTool } from "./business-hours";
import { cancelBookingTool } from "./cancel-booking";
import { checkPolicyTool } from "./check-policy";
import { endCallTool } from "./end-call";
import { findBookingTool } from "./find-booking";
import { findSlotsTool } from "./find-slots";
import { holdSlotTool } from "./hold-slot";
import { joinWaitlistTool } from "./join-waitlist";
import { lookupContactTool } from "./lookup-contact";
import { rescheduleBookingTool } from "./reschedule-booking";
import { resolveWhenTool } from "./resolve-when";
import { isGiven, readAheadFor, runTool } from "./run-tool";
import { takeMessageTool } from "./take-message";
import { transferToHumanTool } from "./transfer-to-human";
import type { AgentTool } from "./types";
import { waitlistOfferTool } from "./waitlist-offer";

export { resultLine } from "./run-tool";
export type { AgentTool } from "./types";

const all: readonly AgentTool[] = [
  businessHoursTool,
  resolveWhenTool,
  findSlotsTool,
  holdSlotTool,
  bookAppointmentTool,
  bookSeriesTool,
  findBookingTool,
  rescheduleBookingTool,
  cancelBookingTool,
  checkPolicyTool,
  joinWaitlistTool,
  waitlistOfferTool,
  acceptOfferTool,
  lookupContactTool,
  takeMessageTool,
  transferToHumanTool,
  endCallTool,
];

/** Every tool an agent can be given, by the name the model uses. */
export const agentTools: ReadonlyMap<string, AgentTool> = new Map(all.map((tool) => [tool.name, tool]));

/** What an agent is offered whose version names these tools. */
export const toolsFor = (names: readonly string[]): AgentTool[] => all.filter((tool) => isGiven(tool, names));

/** Runs a tool of ours by name; see run-tool.ts for what is refused. */
export const runAgentTool: ToolRunner = Object.assign(
  ((ctx, request, call) => runTool(agentTools, ctx, request, call)) satisfies ToolRunner,
  {
    readAhead: ((ctx, request, call) => readAheadFor(agentTools, ctx, request, call)) satisfies ToolRunner["readAhead"],
  },
);
