import { z } from "zod";

const agentJobs = ["front_desk", "appointment_booker"] as const;
export type AgentJob = (typeof agentJobs)[number];

/** Every tool an agent may be given, in the order in which a screen lists them. */
const agentToolNames = [
  "business_hours",
  "resolve_when",
  "find_slots",
  "hold_slot",
  "book_appointment",
  "book_series",
  "find_booking",
  "reschedule_booking",
  "cancel_booking",
  "check_policy",
  "join_waitlist",
  "waitlist_offer",
  "accept_offer",
  "lookup_contact",
  "take_message",
  "transfer_to_human",
  "end_call",
] as const;

export const agentSettings = z.object({
  /** The first sentence; `{{business}}` stands for the organisation's name. */
  greeting: z.string().trim().min(1).max(500),
  instructions: z.string().trim().max(8000),
  voice: z.string().trim().min(1).max(60),
  model: z.string().trim().min(1).max(60),
  language: z.string().trim().min(2).max(20),
  tools: z.array(z.enum(agentToolNames)),
  fallbackMessage: z.string().trim().min(1).max(500),
  maxCallSeconds: z.number().int().min(30).max(3600),
});
export type AgentSettingsInput = z.input<typeof agentSettings>;

export const createAgentInput = z.object({
  name: z.string().trim().min(1, "Give the agent a name.").max(60, "A name has at most 60 letters."),
  job: z.enum(agentJobs),
  /** What differs from the job's own settings. */
  settings: agentSettings.partial().optional(),
});
export type CreateAgentInput = z.input<typeof createAgentInput>;

export const createAgentVersionInput = z.object({ agentId: z.string(), settings: agentSettings });

export type AgentVersion = {
  id: string;
  agentId: string;
  number: number;
  settings: z.output<typeof agentSettings>;
  createdBy: string;
  createdAt: Date;
};

export type Agent = {
  id: string;
  name: string;
  job: AgentJob;
  active: boolean;
  publishedVersionId: string | null;
  createdAt: Date;
};
export type PublishedAgent = Agent & { version: AgentVersion };
