import { sql } from "drizzle-orm";
import { findMeterEvent } from "@/db/system";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import type { MeterPort } from "../ports";
import { refuseEvent } from "./refuse-event";

/**
 * What the engine says in a thin event of minutes that it took and then could not count: each is refused with its reason and becomes an item.
 * `contextOf` makes a context in the organisation that an event is of. `unplaced` counts those that name no event of ours; they are logged as
 * errors, because no organisation can be shown them.
 */
export async function recordMeterErrors(
  from: Pick<Context, "database" | "log">,
  contextOf: (orgId: string) => Context,
  port: MeterPort,
  eventRef: string,
): Promise<{ recorded: number; unplaced: number }> {
  const told = { recorded: 0, unplaced: 0 };
  for (const { identifier, why, said } of await port.readMeterErrors(eventRef)) {
    const orgId = identifier ? await findMeterEvent(from.database, identifier) : undefined;
    if (!identifier || !orgId) {
      told.unplaced++;
      from.log.error({ eventRef, identifier, why, said }, "Stripe did not count minutes that are nobody's");
      continue;
    }
    // The same identifier once more is counted already.
    if (why === "duplicate") continue;
    const ctx = contextOf(orgId);
    authorise(ctx, "ledger.write");
    const { rows } = await inTenant(ctx, (tx) =>
      tx.execute(
        sql`select call_id as "callId", revision, minutes from meter_events where org_id = ${orgId} and identifier = ${identifier}`,
      ),
    );
    for (const row of rows as { callId: string; revision: number; minutes: number }[])
      await refuseEvent(ctx, { ...row, identifier }, { why, said }, ["pending", "cancelling", "sent"]);
    told.recorded++;
  }
  return told;
}
