import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { around } from "./ask-for-time";
import { type Ignoring, loadOccupied } from "./load-occupied";
import { isLimited, limitReached } from "./rules/limits";
import { withOccupied } from "./rules/occupied";
import type { Plan } from "./rules/plan-booking";
import type { Schedule, ScheduledService } from "./rules/schedule";
import type { Why } from "./rules/why";

/**
 * Whether a limit a day or a week is reached, counted again under a lock of whoever is limited: two callers at once cannot both be the
 * last. Nothing is read where nothing is limited. Seats of a start that has begun are no further start.
 */
export async function limitBroken(
  ctx: Context,
  tx: Tx,
  schedule: Schedule,
  service: ScheduledService,
  plan: Plan,
  ignoring: Ignoring,
): Promise<Why | undefined> {
  const limited = [service, ...plan.team].filter(isLimited);
  if (limited.length === 0 || plan.session) return undefined;
  const ids = limited.map((each) => each.id).sort();
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(id, 0)) from (values ${sql.join(
      ids.map((id) => sql`(${id})`),
      sql`, `,
    )}) v(id)`,
  );
  const busy = around(plan.startMs);
  const fresh = withOccupied(schedule, await loadOccupied(ctx, tx, schedule, { busy }, ignoring));
  for (const each of limited) {
    const reached = limitReached(fresh, each, plan.startMs);
    if (reached) return { rule: each === service ? "service_limit" : "staff_limit", ...reached };
  }
  return undefined;
}
