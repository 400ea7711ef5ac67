import { sql } from "drizzle-orm";
import { withTenant } from "@/db/tenant";
import type { DrillOrg } from "./year";
import { type Checked, type Checking, type HeardCalls, SETTLED_MS, tell } from "./year-checking";
import { onMeter, spansOf } from "./year-recount";

type Row = { call_id: string; records: number; minutes: number; ledger: number; engine: number; sent: number };

/** Each call one record at its latest, its entries, and its minutes at Stripe (by events and items) once. */
export async function checkCalls(
  { database, now, examples }: Checking,
  org: DrillOrg,
  heards: HeardCalls,
  faults: Checked["faults"],
) {
  const { rows } = await withTenant(database, org.orgId, (tx) =>
    tx.execute(sql`
      select r.call_id, count(distinct r.revision)::int as records, (array_agg(r.minutes order by r.revision desc))[1] as minutes,
        coalesce((select sum(case e.debit_account when 'billing.minutes_used' then e.amount else -e.amount end) from ledger_entries e
          where e.org_id = r.org_id and e.cause_kind = 'call' and e.cause_id = r.call_id and e.unit = 'minutes'), 0)::int as ledger,
        coalesce((select sum(m.minutes) from meter_events m where m.org_id = r.org_id and m.call_id = r.call_id
          and m.state in ('sent', 'credited', 'given_up')), 0)::int as engine,
        coalesce((select sum(m.minutes) from meter_events m where m.org_id = r.org_id and m.call_id = r.call_id and m.state = 'sent'), 0)::int as sent
      from usage_records r where r.org_id = ${org.orgId} group by r.org_id, r.call_id`),
  );
  const spans = org.life ? spansOf(org, org.life, now) : [];
  const counted = new Map((rows as Row[]).map((row) => [row.call_id, row]));
  faults.callsNotCountedOnce += Math.abs(counted.size - heards.length);
  for (const { callId, minutes, heard } of heards) {
    const row = counted.get(callId);
    if (row?.minutes !== minutes || row.ledger !== minutes) faults.callsCountedWrong++;
    if (!org.life || heard.endedAt >= (org.life.endsAt ?? Number.POSITIVE_INFINITY)) continue;
    const span = spans.find(({ from, to }) => heard.endedAt >= from && heard.endedAt < to);
    // What a running period has too much of is credited when it is invoiced.
    const isBilled = !span
      ? row?.engine === 0
      : span.closes > now - SETTLED_MS
        ? row?.engine === minutes || row?.sent === onMeter(heard, now)
        : row?.engine === minutes;
    if (!isBilled) {
      faults.callsBilledWrong++;
      tell(examples, "billed", callId, minutes, heard, row);
    }
  }
}
