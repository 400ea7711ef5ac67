import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { BookingStatus, CallKind, CallOutcome, CallStatus } from "@/db/schema";
import { hitStart, hitStop, type SearchHit, searchHit } from "./rules/search-hit";

/** A call as a line of a list. Costs are micro-units of the provider's currency (US dollars). */
export type CallSummary = {
  id: string;
  status: CallStatus;
  kind: CallKind;
  direction: "inbound" | "outbound";
  startedAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  durationSeconds: number | null;
  outcome: CallOutcome | null;
  summary: string;
  needsReview: boolean;
  fromNumber: string | null;
  toNumber: string | null;
  contact: { id: string; name: string } | null;
  agent: { id: string; name: string } | null;
  /** The last booking made in the call. */
  booking: { id: string; startsAt: Date; status: BookingStatus } | null;
  costMicros: number | null;
  hit?: SearchHit;
};

type Row = Record<string, unknown>;

/**
 * The calls that `source` selects (rows of `calls`), newest first, with the names that belong to them. `q` marks where a word was said;
 * the text is gone through for these rows only.
 */
export async function callLines(tx: Tx, source: SQL, q?: string): Promise<CallSummary[]> {
  const options = `HighlightAll=true, StartSel=${hitStart}, StopSel=${hitStop}`;
  const marked = q
    ? sql`ts_headline('simple', page.transcript || E'\n' || page.summary, websearch_to_tsquery('simple', ${q}), ${options})`
    : sql`null`;
  const { rows } = await tx.execute(sql`
    with page as materialized (${source})
    select page.id, page.status, page.kind, page.direction, page.started_at, page.answered_at, page.ended_at, page.duration_seconds,
      page.outcome, page.summary, page.needs_review, page.from_number, page.to_number, page.cost_micros, page.contact_id, page.agent_id,
      c.name as contact_name, a.name as agent_name, b.id as booking_id, b.starts_at as booking_starts_at, b.status as booking_status,
      ${marked} as marked
    from page
    left join contacts c on c.org_id = page.org_id and c.id = page.contact_id
    left join agents a on a.org_id = page.org_id and a.id = page.agent_id
    left join lateral (
      select id, starts_at, status from bookings
      where org_id = page.org_id and call_id = page.id and status <> 'held' and part_of_id is null order by created_at desc limit 1
    ) b on true
    order by page.started_at desc, page.id desc`);
  return rows.map(callSummary);
}

const date = (value: unknown): Date | null => (value === null ? null : new Date(value as string));

function callSummary(row: Row): CallSummary {
  const hit = typeof row.marked === "string" ? searchHit(row.marked) : undefined;
  return {
    id: row.id as string,
    status: row.status as CallStatus,
    kind: row.kind as CallKind,
    direction: row.direction as "inbound" | "outbound",
    startedAt: new Date(row.started_at as string),
    answeredAt: date(row.answered_at),
    endedAt: date(row.ended_at),
    durationSeconds: row.duration_seconds as number | null,
    outcome: row.outcome as CallOutcome | null,
    summary: row.summary as string,
    needsReview: row.needs_review as boolean,
    fromNumber: row.from_number as string | null,
    toNumber: row.to_number as string | null,
    contact: row.contact_id ? { id: row.contact_id as string, name: (row.contact_name as string | null) ?? "" } : null,
    agent: row.agent_id ? { id: row.agent_id as string, name: (row.agent_name as string | null) ?? "" } : null,
    booking: row.booking_id
      ? {
          id: row.booking_id as string,
          startsAt: new Date(row.booking_starts_at as string),
          status: row.booking_status as BookingStatus,
        }
      : null,
    costMicros: row.cost_micros === null ? null : Number(row.cost_micros),
    ...(hit ? { hit } : {}),
  };
}
