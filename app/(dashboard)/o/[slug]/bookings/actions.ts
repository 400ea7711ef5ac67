"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { BookingMove, MoveResult } from "@/components/bookings/types";
import { type ActionState, done, failed } from "@/lib/platform/form-state";
import { parse } from "@/lib/platform/parse";
import { bookAppointment, cancelBooking, rescheduleBooking, updateBooking } from "@/lib/scheduling";
import type { Booking } from "@/lib/scheduling/schemas";
import { memberAction } from "@/lib/wiring/member-context";
import type { BookingState } from "./booking-state";
import { draggedTo, instantIn, readConsent, readTime } from "./read-forms";
import { refusalInWords } from "./refusals";
import { refused } from "./refused";

const permission = "bookings.write";
const text = (form: FormData, name: string) => String(form.get(name) ?? "").trim();

export async function bookByHand(slug: string, _: BookingState, form: FormData): Promise<BookingState> {
  return memberAction(slug, { permission, form }, async ({ ctx, org }) => {
    const [name, phone, notes] = [text(form, "name"), text(form, "phone"), text(form, "notes")];
    const serviceId = text(form, "serviceId");
    const asked = { serviceId, name, notes, phone: phone || undefined, ...readTime(form, org.timeZone) };
    const result = await bookAppointment(ctx, asked);
    if (result.ok) redirect(`/o/${slug}/bookings/${result.value.id}?booked=1`);
    refresh();
    return refused(result, org.timeZone);
  });
}

export async function moveToTime(
  slug: string,
  bookingId: string,
  _: BookingState,
  form: FormData,
): Promise<BookingState> {
  return memberAction(slug, { permission, form }, async ({ ctx, org }) => {
    const result = await rescheduleBooking(ctx, { bookingId, ...readTime(form, org.timeZone), ...readConsent(form) });
    if (result.ok) redirect(`/o/${slug}/bookings/${bookingId}?moved=1`);
    refresh();
    return refused(result, org.timeZone);
  });
}

export async function moveByDragging(slug: string, move: BookingMove): Promise<MoveResult> {
  const state = await memberAction(slug, permission, async ({ ctx, org }) => {
    const { bookingId, staffId, dayIso, startMinute } = parse(draggedTo, move);
    const startsAt = instantIn(org.timeZone, dayIso, startMinute);
    const result = await rescheduleBooking(ctx, { bookingId, staffId, startsAt });
    refresh();
    return result.ok ? done() : failed(`Not moved. ${refusalInWords(result.reason)}`);
  });
  return state.ok ? { ok: true } : { ok: false, message: state.message ?? "Not moved." };
}

export async function saveNotes(slug: string, bookingId: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, { permission, form }, async ({ ctx }) => {
    const result = await updateBooking(ctx, { bookingId, name: text(form, "name"), notes: text(form, "notes") });
    refresh();
    return result.ok ? done("Saved.") : failed(refusalInWords(result.reason));
  });
}

const outcomes: Partial<Record<string, Booking["status"] & ("confirmed" | "completed" | "no_show")>> = {
  confirmed: "confirmed",
  completed: "completed",
  no_show: "no_show",
};

export async function setStatus(slug: string, bookingId: string, _: ActionState, form: FormData): Promise<ActionState> {
  return memberAction(slug, permission, async ({ ctx }) => {
    const status = outcomes[text(form, "status")];
    const result = await updateBooking(ctx, { bookingId, status });
    refresh();
    return result.ok ? done("Saved.") : failed(refusalInWords(result.reason));
  });
}

export async function cancelByHand(slug: string, bookingId: string, _: unknown, form: FormData): Promise<ActionState> {
  return memberAction(slug, permission, async ({ ctx }) => {
    const result = await cancelBooking(ctx, { bookingId, reason: text(form, "reason"), ...readConsent(form) });
    refresh();
    return result.ok ? done("Cancelled.") : failed(refusalInWords(result.reason));
  });
}
