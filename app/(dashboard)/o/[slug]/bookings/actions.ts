"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import type { BookingMove, MoveResult } from "@/components/bookings/types";
import { createManageLink } from "@/lib/manage-links";
import type { Organization } from "@/lib/organizations/schemas";
import type { Context } from "@/lib/platform/context";
import { type ActionState, done, failed } from "@/lib/platform/form-state";
import { parse } from "@/lib/platform/parse";
import {
  bookAppointment,
  bookSeries,
  cancelBooking,
  cancelSeries,
  moveSeries,
  rescheduleBooking,
  updateBooking,
} from "@/lib/scheduling";
import type { Booking, BookSeriesInput } from "@/lib/scheduling/schemas";
import { app } from "@/lib/wiring/app";
import { memberAction } from "@/lib/wiring/member-context";
import type { BookingState } from "./booking-state";
import { draggedTo, instantIn, readConsent, readRepeat, readScope, readTime } from "./read-forms";
import { refusalInWords } from "./refusals";
import { refused, refusedDates } from "./refused";

const permission = "bookings.write";
const text = (form: FormData, name: string) => String(form.get(name) ?? "").trim();

export async function bookByHand(slug: string, _: BookingState, form: FormData): Promise<BookingState> {
  return memberAction(slug, { permission, form }, async ({ ctx, org }) => {
    const [name, notes, serviceId] = [text(form, "name"), text(form, "notes"), text(form, "serviceId")];
    const reached = { phone: text(form, "phone") || undefined, email: text(form, "email") || undefined };
    const asked = { serviceId, name, notes, ...reached, ...readTime(form, org.timeZone) };
    const repeat = readRepeat(form);
    if (repeat)
      return bookRepeated(ctx, org, { ...asked, ...repeat, mode: form.get("mode") === "free" ? "free" : "all" });
    const result = await bookAppointment(ctx, asked);
    if (result.ok) redirect(`/o/${slug}/bookings/${result.value.id}?booked=1`);
    refresh();
    return refused(result, org.timeZone);
  });
}

async function bookRepeated(ctx: Context, org: Organization, asked: BookSeriesInput): Promise<BookingState> {
  const result = await bookSeries(ctx, asked);
  if (result.ok)
    redirect(`/o/${org.slug}/bookings/series/${result.value.seriesId}?booked=${result.value.bookings.length}`);
  refresh();
  const { reason, detail } = result;
  if (reason === "not_all_free" || reason === "none_free")
    return refusedDates(reason, detail?.occurrences ?? [], org.timeZone, "booked");
  return failed(refusalInWords(reason), reason === "invalid_phone" ? { phone: refusalInWords(reason) } : undefined);
}

export async function moveToTime(
  slug: string,
  bookingId: string,
  _: BookingState,
  form: FormData,
): Promise<BookingState> {
  return memberAction(slug, { permission, form }, async ({ ctx, org }) => {
    const time = { ...readTime(form, org.timeZone), ...readConsent(form) };
    const mode = form.get("mode") === "free" ? "free" : "all";
    const result = await moveSeries(ctx, { bookingId, scope: readScope(form), mode, ...time });
    if (result.ok) redirect(`/o/${slug}/bookings/${bookingId}?moved=${result.value.moved.length}`);
    refresh();
    const { reason, detail } = result;
    if (reason === "not_all_free" || reason === "none_free")
      return refusedDates(reason, detail.occurrences ?? [], org.timeZone, "moved");
    return refused({ reason, detail }, org.timeZone);
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
    const result = await updateBooking(ctx, {
      bookingId,
      name: text(form, "name"),
      email: text(form, "email"),
      notes: text(form, "notes"),
    });
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
    const chosen = text(form, "status");
    const status = Object.hasOwn(outcomes, chosen) ? outcomes[chosen] : undefined;
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

export async function cancelSeriesByHand(
  slug: string,
  bookingId: string,
  scope: "following" | "all",
  _: unknown,
  form: FormData,
): Promise<ActionState> {
  return memberAction(slug, permission, async ({ ctx }) => {
    const asked = { bookingId, scope, reason: text(form, "reason"), ...readConsent(form) };
    const result = await cancelSeries(ctx, asked);
    refresh();
    return result.ok ? done("Cancelled.") : failed(refusalInWords(result.reason));
  });
}

/** The address of a new link for the caller; `message` is the address. */
export async function makeManageLink(slug: string, bookingId: string, _: ActionState): Promise<ActionState> {
  return memberAction(slug, permission, async ({ ctx }) => {
    const { token } = await createManageLink(ctx, { bookingId });
    return done(`${(await app()).env.appUrl}/manage/${token}`);
  });
}
