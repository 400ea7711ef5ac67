import type { z } from "zod";
import { inTenant } from "@/db/tenant";
import { normalisePhone, upsertContactByPhone } from "@/lib/contacts";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Actor, Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { around, judge, type RefusalDetail, startOf, type TimeRefusal } from "./ask-for-time";
import { keptSchedule, type LoadedSchedule, loadSchedule, readScheduleAhead } from "./load-schedule";
import { type Placed, placeBlock } from "./place-block";
import { refuseTime } from "./refuse-time";
import { reasonOf } from "./rules/why";
import { type BookAppointmentInput, type Booking, type BookingSource, bookAppointmentInput } from "./schemas";

export type BookRefusal = TimeRefusal | "invalid_phone";

/**
 * Books a time: by a slot's id, or by service, staff and start. It must be bookable by the same rules that offer times (the grid aside);
 * a member may waive hours, notice and horizon with `override`, nobody an overlap. Holds of the same call are consumed, expired ones in
 * the way removed. Without a contact of its own in a call (`contactId`) a telephone number makes or finds the contact.
 *
 * Three statements in an open transaction (read, insert, audit and event), one more where a contact is looked up.
 * Refusals: `slot_taken` and every other reason a time cannot be had, with alternatives; `invalid_phone`.
 */
export async function bookAppointment(
  ctx: Context,
  input: BookAppointmentInput,
): Promise<Result<Booking, BookRefusal, RefusalDetail>> {
  authorise(ctx, "bookings.write");
  const asked = parse(bookAppointmentInput, input);
  const startMs = startOf(asked);
  if (startMs === undefined) return refuse("unknown_slot", { alternatives: [] });
  return inTenant(ctx, async (tx, joined) => {
    const { callId, holdId } = asked;
    const schedule = await loadSchedule(ctx, tx, wanted(ctx, startMs, asked));
    const override = asked.override && ctx.actor.kind === "member";
    const judged = judge(ctx, schedule, asked, override);
    if (!judged.ok) return refuseTime(joined, tx, schedule, judged, asked);
    const phone = asked.phone ? normalisePhone(asked.phone, schedule.country) : undefined;
    if (asked.phone && !phone) return refuse("invalid_phone", { alternatives: [], startMs });
    const contactId = await contactOf(joined, schedule, { ...asked, phone });
    const id = newId("booking");
    const block = {
      id,
      status: "confirmed" as const,
      source: sourceOf(ctx),
      holdExpiresAt: null,
      callId,
      holdId,
      contactId,
      name: asked.name,
      phone,
      email: asked.email,
      notes: asked.notes,
    };
    const placed = await placeBlock(ctx, tx, schedule, judged, block, { override });
    if (!placed.ok)
      return refuseTime(
        joined,
        tx,
        schedule,
        { reason: reasonOf(placed.why), why: placed.why, asked: judged.asked },
        asked,
      );
    const booking = toBooking(ctx, schedule, placed, { ...asked, id, phone, contactId });
    await recordChange(ctx, tx, {
      action: "booking.created",
      subject: { kind: "booking", id: booking.id },
      changes: {
        service: booking.serviceName,
        staff: booking.staffName,
        startsAt: booking.startsAt.toISOString(),
        ...(asked.override ? { override: true } : {}),
      },
      payload: {
        bookingId: booking.id,
        serviceId: booking.serviceId,
        staffId: booking.staffId,
        contactId: booking.contactId,
        callId: booking.callId,
        startsAt: booking.startsAt.toISOString(),
        endsAt: booking.endsAt.toISOString(),
      },
    });
    return ok(booking);
  });
}

type Asked = { callId?: string | undefined; holdId?: string | undefined; contactId?: string | undefined };

function wanted(ctx: Context, startMs: number, { callId, holdId, contactId }: Asked) {
  const days = around(startMs);
  return { busy: around(startMs, keptSchedule(ctx, days)), days, callId, holdId, contactId };
}

/** Asks the database what `bookAppointment` will want to know of a slot, so that it need not wait; `ctx` has a transaction. */
export function readAheadOfBooking(ctx: Context, asked: Asked & { slot: string }): void {
  const startMs = startOf(asked);
  if (startMs !== undefined) readScheduleAhead(ctx, wanted(ctx, startMs, asked));
}

/** The contact that was named, else the one of the number. A known contact without a name gets this one. */
async function contactOf(
  ctx: Context,
  schedule: LoadedSchedule,
  asked: { contactId?: string | undefined; phone: string | undefined; name: string },
): Promise<string | undefined> {
  const known = schedule.contactName === undefined ? undefined : asked.contactId;
  if (!asked.phone || (known && (schedule.contactName || !asked.name))) return known;
  const contact = await upsertContactByPhone(ctx, { phone: asked.phone, name: asked.name });
  return known ?? contact.id;
}

const sources: Record<Actor["kind"], BookingSource> = {
  member: "dashboard",
  operator: "dashboard",
  agent: "agent",
  webhook: "agent",
  apiKey: "api",
  contact: "link",
  system: "import",
};

export const sourceOf = (ctx: Context): BookingSource => sources[ctx.actor.kind];

function toBooking(
  ctx: Context,
  schedule: LoadedSchedule,
  { choice: { plan, by }, service, timeZone }: Placed & { ok: true },
  asked: Omit<z.output<typeof bookAppointmentInput>, "phone"> & { id: string; phone: string | undefined },
): Booking {
  const [lead, ...others] = plan.team;
  return {
    id: asked.id,
    serviceId: service.id,
    serviceName: service.name,
    staffId: lead?.id ?? "",
    staffName: lead?.name ?? "",
    otherStaff: others.map((person) => person.name),
    resources: plan.resourceIds.map((id) => schedule.resources.find((each) => each.id === id)?.name ?? ""),
    locationId: lead?.locationId ?? null,
    assignedBy: by,
    contactId: asked.contactId ?? null,
    callId: asked.callId ?? null,
    status: "confirmed",
    source: sourceOf(ctx),
    startsAt: new Date(plan.startMs),
    endsAt: new Date(plan.endMs),
    timeZone,
    attendeeName: asked.name,
    attendeePhone: asked.phone ?? null,
    attendeeEmail: asked.email ?? null,
    notes: asked.notes,
    tentative: lead?.tentative ?? false,
    priceCents: service.priceCents,
    cancelReason: null,
    cancelledAt: null,
    feeCents: 0,
    feeCurrency: null,
    seriesId: null,
    createdAt: ctx.clock.now(),
  };
}
