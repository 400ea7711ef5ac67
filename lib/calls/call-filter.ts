import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";

export const callOutcomes = [
  "booked",
  "rescheduled",
  "cancelled",
  "message",
  "transferred",
  "answered",
  "missed",
  "failed",
] as const;

const idShape = /^[a-z]{3,4}_[0-9a-z]{26}$/;

/** What narrows a list of calls; everything given must hold. `from` is inclusive, `to` exclusive. */
export const callFilter = z.object({
  state: z.enum(["live", "ended"]).optional(),
  outcome: z.enum(callOutcomes).optional(),
  agentId: z.string().regex(idShape).optional(),
  contactId: z.string().regex(idShape).optional(),
  needsReview: z.literal(true).optional(),
  from: z.date().optional(),
  to: z.date().optional(),
});
export type CallFilter = z.input<typeof callFilter>;

const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`;

/** The filter as a condition on a row named `calls`. "live" lists the states, so that the index on them is used. */
export function matchingCalls(orgId: string, filter: CallFilter): SQL {
  const all: SQL[] = [sql`calls.org_id = ${orgId}`];
  if (filter.state === "live") all.push(sql`calls.status in ('queued', 'ringing', 'in_progress', 'forwarding')`);
  if (filter.state === "ended") all.push(sql`calls.status = 'ended'`);
  if (filter.outcome) all.push(sql`calls.outcome = ${filter.outcome}`);
  if (filter.agentId) all.push(sql`calls.agent_id = ${filter.agentId}`);
  if (filter.contactId) all.push(sql`calls.contact_id = ${filter.contactId}`);
  if (filter.needsReview) all.push(sql`calls.needs_review`);
  if (filter.from) all.push(sql`calls.started_at >= ${at(filter.from)}`);
  if (filter.to) all.push(sql`calls.started_at < ${at(filter.to)}`);
  return sql.join(all, sql` and `);
}
