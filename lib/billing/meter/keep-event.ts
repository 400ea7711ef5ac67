import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { MeterEventState } from "@/db/schema";
import type { Context } from "@/lib/platform/context";

type Kept = {
  state?: MeterEventState;
  minutes?: number;
  problem?: string | null;
  sentAt?: Date;
  triedAt?: Date | null;
  nextAttemptAt?: Date;
  identifier?: string;
};

/** Keeps what became of an event, where it is still what it was: nothing changes once somebody else has settled it. */
export async function keepEvent(
  ctx: Context,
  tx: Tx,
  event: { callId: string; revision: number },
  kept: Kept,
  from: readonly MeterEventState[] = ["pending", "cancelling"],
): Promise<boolean> {
  const at = (time: Date | null) => sql`${time?.toISOString() ?? null}::timestamptz`;
  const changes: SQL[] = [sql`updated_at = ${at(ctx.clock.now())}`];
  if (kept.state !== undefined) changes.push(sql`state = ${kept.state}`);
  if (kept.minutes !== undefined) changes.push(sql`minutes = ${kept.minutes}::int`);
  if (kept.problem !== undefined) changes.push(sql`problem = ${kept.problem}`);
  if (kept.sentAt !== undefined) changes.push(sql`sent_at = ${at(kept.sentAt)}`);
  if (kept.triedAt !== undefined) changes.push(sql`tried_at = ${at(kept.triedAt)}`);
  if (kept.nextAttemptAt !== undefined) changes.push(sql`next_attempt_at = ${at(kept.nextAttemptAt)}`);
  if (kept.identifier !== undefined) changes.push(sql`identifier = ${kept.identifier}`);
  const { rows } = await tx.execute(sql`
    update meter_events set ${sql.join(changes, sql`, `)}
    where org_id = ${ctx.orgId} and call_id = ${event.callId} and revision = ${event.revision}
      and state in (${sql.join(
        from.map((state) => sql`${state}`),
        sql`, `,
      )}) returning call_id`);
  return rows.length > 0;
}
