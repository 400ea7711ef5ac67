import { sql } from "drizzle-orm";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { randomToken } from "@/lib/platform/crypto";
import { sayPlace } from "@/lib/scheduling";
import { openAccount } from "./open-account";
import { planWrites } from "./plan-writes";
import type { AccountRef, CalendarEvent, CalendarPort, CalendarRefusal, CalendarVendors, WrittenEvent } from "./ports";
import { raiseAlerts } from "./raise-alerts";
import { markRevoked } from "./record-failure";
import { pauseAfter } from "./rules/freshness";
import { sayRefusal } from "./rules/say-refusal";

const LEASE_MS = 2 * 60_000;
/** What the vendor calls wrong is not made right by asking often. */
const REJECTED_PAUSE_MS = 60 * 60_000;

/**
 * Makes the calendars show a booking as it is now: written, moved or taken out. For a job of the outbox; safe at any time and any number
 * of times. What a vendor refuses is kept with the time of the next try (`retryWrites`), nothing is thrown for it.
 */
export async function writeBooking(ctx: Context, bookingId: string, vendors: CalendarVendors): Promise<void> {
  authorise(ctx, "bookings.write");
  if ((await planWrites(ctx, bookingId)) > 0) await retryWrites(ctx, bookingId, vendors);
}

/** The due writes of a booking, one after the other. */
export async function retryWrites(ctx: Context, bookingId: string, vendors: CalendarVendors): Promise<void> {
  authorise(ctx, "bookings.write");
  // Each is tried once: what falls due again meanwhile is the next run's.
  for (const due of await listDue(ctx, bookingId)) {
    const write = await claim(ctx, due);
    if (!write) continue;
    const answer = await carryOut(ctx, write, vendors).catch((error: unknown): CalendarRefusal => {
      ctx.log.warn({ err: error, bookingId }, "booking could not be written into a calendar");
      return { ok: false, reason: "unavailable", detail: { what: "The answer could not be read." } };
    });
    if (answer.ok) await keepWritten(ctx, write, answer.value);
    else await keepRefusal(ctx, write, answer);
  }
}

type Due = { bookingId: string; calendarId: string };

type Write = Due & {
  key: string;
  externalId: string | null;
  etag: string | null;
  attempts: number;
  calendarExternalId: string;
  isWanted: boolean;
  /** The booking's `updated_at` as text: what is written is that state. */
  revision: string;
  /** `due_at` as text: what has become due again meanwhile is not done. */
  dueAt: string;
  event: Omit<CalendarEvent, "key">;
  account: AccountRef & { secretEnc: string };
  lease: string;
};

async function listDue(ctx: Context, bookingId: string): Promise<Due[]> {
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      select booking_id as "bookingId", calendar_id as "calendarId" from calendar_writes
      where org_id = ${ctx.orgId} and booking_id = ${bookingId} and due_at <= ${ctx.clock.now().toISOString()}::timestamptz
      order by calendar_id`),
  );
  return rows as Due[];
}

/** Everything that the booking occupies: what its people have of it, itself included. */
const parts = sql`bookings p where p.org_id = b.org_id and (p.id = b.id or p.part_of_id = b.id)`;

async function claim(ctx: Context, { bookingId, calendarId }: Due): Promise<Write | undefined> {
  const now = ctx.clock.now();
  const lease = randomToken(12);
  const { rows } = await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update calendar_writes w set lease_token = ${lease}, lease_until = ${new Date(now.getTime() + LEASE_MS).toISOString()}::timestamptz
      from calendars c, calendar_accounts a, bookings b, services v, organizations o, staff s
      where w.org_id = ${ctx.orgId} and w.booking_id = ${bookingId} and w.calendar_id = ${calendarId}
        and (w.lease_until is null or w.lease_until < ${now.toISOString()}::timestamptz) and w.due_at is not null
        and c.id = w.calendar_id and a.id = c.account_id and a.revoked_at is null and b.id = w.booking_id and v.id = b.service_id
        and o.id = w.org_id and s.id = c.staff_id
      returning w.booking_id as "bookingId", w.calendar_id as "calendarId", w.key, w.external_id as "externalId", w.etag, w.attempts,
        w.due_at::text as "dueAt", c.external_id as "calendarExternalId", b.updated_at::text as revision,
        (b.status in ('confirmed', 'completed', 'no_show') and c.receives and exists (select from ${parts} and p.staff_id = c.staff_id))
          as "isWanted",
        json_build_object('title', v.name || case when b.attendee_name = '' then '' else ': ' || b.attendee_name end
            || case when exists (select from ${parts} and p.tentative) then ' (to be confirmed)' else '' end,
          'description', concat_ws(E'\n', nullif(b.attendee_phone, ''), nullif(b.notes, ''), 'Booked through ' || o.name || ' with Caly.'),
          'startMs', (extract(epoch from b.starts_at) * 1000)::bigint,
          'endMs', (extract(epoch from b.ends_at) * 1000)::bigint, 'zone', coalesce(s.time_zone, o.time_zone)) as event,
        (select json_build_object('name', l.name, 'address', l.address) from locations l where l.org_id = b.org_id and l.id = b.location_id)
          as place,
        json_build_object('id', a.id, 'vendor', a.vendor, 'mode', a.mode, 'secretEnc', a.secret_enc) as account`),
  );
  const row = rows[0] as (Omit<Write, "lease"> & { place: Parameters<typeof sayPlace>[0] | null }) | undefined;
  if (!row) return undefined;
  const { place, ...write } = row;
  return { ...write, event: { ...write.event, location: place ? sayPlace(place) : "" }, lease };
}

type Outcome = { ok: true; value: WrittenEvent | undefined } | CalendarRefusal;

async function carryOut(ctx: Context, write: Write, vendors: CalendarVendors): Promise<Outcome> {
  const port = openAccount(ctx, vendors, write.account);
  if (!port)
    return { ok: false, reason: "unavailable", detail: { what: "This vendor is not configured on this server." } };
  const known = write.externalId ? { externalId: write.externalId, etag: write.etag ?? undefined } : undefined;
  if (!write.isWanted) return port.deleteEvent(write.calendarExternalId, write.key, known).then(asRemoved);
  return upsert(port, write, known);
}

const asRemoved = (answer: { ok: true } | CalendarRefusal): Outcome =>
  answer.ok ? { ok: true, value: undefined } : answer;

/** Somebody has edited our event: the booking is what counts, so it is written over theirs. */
async function upsert(port: CalendarPort, write: Write, known: WrittenEvent | undefined): Promise<Outcome> {
  const event = { ...write.event, key: write.key };
  const answer = await port.upsertEvent(write.calendarExternalId, event, known);
  if (answer.ok || answer.reason !== "conflict") return answer;
  return port.upsertEvent(write.calendarExternalId, event, undefined);
}

/** A booking that was changed while it was being written is due again. The row stays when the event is gone: its key is known as ours. */
async function keepWritten(ctx: Context, write: Write, written: WrittenEvent | undefined): Promise<void> {
  const now = ctx.clock.now().toISOString();
  await inTenant(ctx, (tx) =>
    tx.execute(sql`
      update calendar_writes w set external_id = ${written?.externalId ?? null}, etag = ${written?.etag ?? null},
        written_at = ${written ? sql`${now}::timestamptz` : null}, attempts = 0, failure = null, lease_token = null, lease_until = null,
        due_at = case when b.updated_at::text <> ${write.revision} or w.due_at::text <> ${write.dueAt} then ${now}::timestamptz end
      from bookings b where w.org_id = ${ctx.orgId} and w.booking_id = ${write.bookingId} and w.calendar_id = ${write.calendarId}
        and w.lease_token = ${write.lease} and b.id = w.booking_id`),
  );
}

async function keepRefusal(ctx: Context, write: Write, refusal: CalendarRefusal): Promise<void> {
  const retryAfter = refusal.reason === "rate_limited" ? refusal.detail.retryAfterSeconds : undefined;
  const pause = refusal.reason === "rejected" ? REJECTED_PAUSE_MS : pauseAfter(write.attempts + 1, retryAfter);
  const due = new Date(ctx.clock.now().getTime() + pause).toISOString();
  await inTenant(ctx, async (tx) => {
    await tx.execute(sql`
      update calendar_writes set attempts = attempts + 1, failure = ${sayRefusal(refusal)}, due_at = ${due}::timestamptz,
        lease_token = null, lease_until = null
      where org_id = ${ctx.orgId} and booking_id = ${write.bookingId} and calendar_id = ${write.calendarId} and lease_token = ${write.lease}`);
    if (refusal.reason === "revoked") await markRevoked(ctx, tx, write.account.id);
    if (refusal.reason === "gone") await raiseAlerts(ctx, tx, [write.calendarId]);
  });
}
