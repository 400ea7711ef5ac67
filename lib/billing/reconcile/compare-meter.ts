import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import type { MeterPort } from "../ports";
import type { Difference } from "../rules/differences";
import { type ComparedEvent, meterDifferences } from "../rules/meter-differences";
import { SETTLE_MS } from "./load-calls";

type Span = { from: Date; to: Date };
type Event = ComparedEvent & { at: Date };

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const floorTo = (step: number, time: Date) => new Date(Math.floor(time.getTime() / step) * step);

/** Our book of the meter against what it counted: by the hour, and by the minute where an hour differs. */
export async function compareMeter(
  ctx: Context,
  port: MeterPort,
  customerRef: string,
  span: Span,
): Promise<Difference[]> {
  const from = floorTo(HOUR_MS, span.from);
  const to = floorTo(HOUR_MS, new Date(span.to.getTime() + HOUR_MS - 1));
  const events = await loadEvents(ctx, { from, to });
  const counted = new Map(
    (await port.countedByHour({ customerRef, from, to })).map((hour) => [hour.from.getTime(), hour.minutes]),
  );
  const byHour = Map.groupBy(events, ({ at }) => floorTo(HOUR_MS, at).getTime());
  const found: Difference[] = [];
  for (const hour of new Set([...counted.keys(), ...byHour.keys()])) {
    const own = byHour.get(hour) ?? [];
    const there = counted.get(hour) ?? 0;
    if (meterDifferences(new Date(hour), there, own).length === 0) continue;
    found.push(...(await compareMinutes(port, customerRef, new Date(hour), there, own)));
  }
  return found;
}

/** Minutes in which we have events are asked for one by one; what is left of the hour was counted where we have none. */
async function compareMinutes(
  port: MeterPort,
  customerRef: string,
  hour: Date,
  counted: number,
  events: readonly Event[],
) {
  let left = counted;
  const found: Difference[] = [];
  for (const [minute, own] of Map.groupBy(events, ({ at }) => floorTo(MINUTE_MS, at).getTime())) {
    const from = new Date(minute);
    const there = await port.countedMinutes({ customerRef, from, to: new Date(minute + MINUTE_MS) });
    left -= there;
    found.push(...meterDifferences(from, there, own));
  }
  return left > 0 ? [...found, ...meterDifferences(hour, left, [])] : found;
}

/** Events that the engine may have counted. What was sent or taken back lately may or may not show yet. */
async function loadEvents(ctx: Context, { from, to }: Span): Promise<Event[]> {
  const at = (time: Date) => sql`${time.toISOString()}::timestamptz`;
  const settled = at(new Date(ctx.clock.now().getTime() - SETTLE_MS));
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select call_id, identifier, revision, minutes, effective_at, state = 'sent' and sent_at < ${settled} as is_sure from meter_events
      where org_id = ${ctx.orgId} and effective_at >= ${at(from)} and effective_at < ${at(to)} and minutes > 0
        and (state = 'sent' or (state in ('pending', 'cancelling') and tried_at is not null)
          or (state = 'cancelled' and problem = 'taken_back' and updated_at >= ${settled}))
      order by effective_at, call_id, revision`),
  );
  return (rows as Record<string, unknown>[]).map((row) => ({
    callId: row.call_id as string,
    identifier: row.identifier as string,
    revision: row.revision as number,
    minutes: row.minutes as number,
    at: new Date(row.effective_at as string),
    isSure: row.is_sure === true,
  }));
}
