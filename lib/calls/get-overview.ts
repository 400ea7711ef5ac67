import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { businessDay } from "./rules/business-day";

/** Of the calls counted as answered, `booked` led to a booking. */
export type HourOfCalls = { hour: number; answered: number; missed: number; booked: number };

export type Overview = {
  /** YYYY-MM-DD in the business's zone. */
  date: string;
  calls: number;
  booked: number;
  missed: number;
  minutes: number;
  /** Open follow-ups and calls marked for review, of any day. */
  needsYou: number;
  /** Minor units of the organisation's currency: the price of what was booked in today's calls and still stands. */
  bookedValueCents: number;
  /** Share of today's answered calls that were picked up within three seconds; undefined when none was answered. */
  answeredFast: number | undefined;
  /** Twenty-four, by the clock on the business's wall. */
  hours: HourOfCalls[];
  hasAnyCall: boolean;
};

type Hour = {
  hour: number;
  calls: number;
  answered: number;
  missed: number;
  booked: number;
  seconds: string;
  fast: number;
  picked: number;
};

/** What happened today, where today is the calendar day in `timeZone`. */
export async function getOverview(ctx: Context, { timeZone }: { timeZone: string }): Promise<Overview> {
  authorise(ctx, "read");
  const day = businessDay(ctx.clock.now(), timeZone);
  const today = sql`calls.org_id = ${ctx.orgId} and calls.started_at >= ${day.start.toISOString()}::timestamptz
    and calls.started_at < ${day.end.toISOString()}::timestamptz`;
  return inTenant(ctx, async (tx) => {
    const byHour = await tx.execute(sql`
      select extract(hour from started_at at time zone ${timeZone})::int as hour, count(*)::int as calls,
        count(*) filter (where outcome in ('missed', 'failed'))::int as missed,
        count(*) filter (where outcome is distinct from 'missed' and outcome is distinct from 'failed')::int as answered,
        count(*) filter (where outcome = 'booked')::int as booked, coalesce(sum(duration_seconds), 0)::text as seconds,
        count(answered_at)::int as picked, count(*) filter (where answered_at < started_at + interval '3 seconds')::int as fast
      from calls where ${today} group by 1`);
    const rest = await tx.execute(sql`
      select (select count(*) from follow_ups where org_id = ${ctx.orgId} and done_at is null)::int
          + (select count(*) from calls where org_id = ${ctx.orgId} and needs_review)::int as needs_you,
        (select coalesce(sum(b.price_cents), 0) from calls join bookings b on b.org_id = calls.org_id and b.call_id = calls.id
          where ${today} and b.status in ('confirmed', 'completed'))::text as booked_value,
        (select true from calls where org_id = ${ctx.orgId} order by started_at desc, id desc limit 1) is not null as has_any_call`);
    const rows = byHour.rows as Hour[];
    const total = (of: (row: Hour) => number) => rows.reduce((sum, row) => sum + of(row), 0);
    const { needs_you, booked_value, has_any_call } = rest.rows[0] as {
      needs_you: number;
      booked_value: string;
      has_any_call: boolean;
    };
    const picked = total((row) => row.picked);
    return {
      date: day.date,
      calls: total((row) => row.calls),
      booked: total((row) => row.booked),
      missed: total((row) => row.missed),
      minutes: Math.round(total((row) => Number(row.seconds)) / 60),
      needsYou: needs_you,
      bookedValueCents: Number(booked_value),
      answeredFast: picked > 0 ? total((row) => row.fast) / picked : undefined,
      hours: Array.from({ length: 24 }, (_, hour) => {
        const row = rows.find((each) => each.hour === hour);
        return { hour, answered: row?.answered ?? 0, missed: row?.missed ?? 0, booked: row?.booked ?? 0 };
      }),
      hasAnyCall: has_any_call,
    };
  });
}
