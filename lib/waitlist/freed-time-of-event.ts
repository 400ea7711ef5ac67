import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import type { FreedTime } from "./offer-freed-time";

type Payload = {
  staffId?: string;
  previousStaffId?: string;
  startsAt?: string;
  previousStartsAt?: string;
  endsAt?: string;
};

/** What an event of the outbox says became free: by a cancellation, a move or a hold that ended; undefined when nothing did. */
export async function freedTimeOfEvent(ctx: Context, eventId: string): Promise<FreedTime | undefined> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select e.payload, (extract(epoch from b.ends_at - b.starts_at) * 1000)::double precision as length
      from events e left join bookings b on b.org_id = e.org_id and b.id = e.subject_id
      where e.org_id = ${ctx.orgId} and e.id = ${eventId}`),
  );
  const row = rows[0] as { payload: Payload; length: number | null } | undefined;
  if (!row) return undefined;
  const { payload, length } = row;
  const staffId = payload.previousStaffId ?? payload.staffId;
  const startMs = Date.parse(payload.previousStartsAt ?? payload.startsAt ?? "");
  const endMs = payload.endsAt ? Date.parse(payload.endsAt) : startMs + (length ?? Number.NaN);
  return staffId && endMs > startMs ? { staffId, startMs, endMs } : undefined;
}

/** The offer an event tells of. */
export async function offerOfEvent(ctx: Context, eventId: string): Promise<string | undefined> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`select payload->>'offerId' as id from events where org_id = ${ctx.orgId} and id = ${eventId}`),
  );
  return (rows[0] as { id: string | null } | undefined)?.id ?? undefined;
}
