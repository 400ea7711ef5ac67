import { z } from "zod";
import { invalid } from "@/lib/platform/errors";
import { isoInZone, parseIsoDay, toInstant, zoneOf } from "@/lib/scheduling";
import type { Consent } from "@/lib/scheduling/schemas";

/** What the calendar sends when something is dropped: minutes of the business's wall clock. */
export const draggedTo = z.object({
  bookingId: z.string().max(80),
  staffId: z.string().max(80),
  dayIso: z.iso.date(),
  startMinute: z.number().int().min(0).max(1439),
});

/** A wall-clock time in the business's zone as an instant with its offset. */
export function instantIn(timeZone: string, dayIso: string, minute: number): string {
  const zone = zoneOf(timeZone);
  return isoInZone(zone, toInstant(zone, parseIsoDay(dayIso) ?? 0, minute));
}

/** What a form says to the cancellation policy: the fee it showed, or a waiver with its reason. */
export function readConsent(form: FormData): Consent {
  const shown = Number(form.get("acceptedFeeCents") ?? Number.NaN);
  return {
    ...(Number.isSafeInteger(shown) && shown >= 0 ? { acceptedFeeCents: shown } : {}),
    waive: form.get("waive") === "on",
    waiveReason: String(form.get("waiveReason") ?? ""),
  };
}

/** The time a form asks for: the id of a free one, or (`slot` = "other") person, date and time by hand. */
export function readTime(form: FormData, timeZone: string) {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const slot = text("slot");
  if (slot === "") throw invalid([{ path: "slot", message: "Choose a time." }]);
  if (slot !== "other") return { slot };
  const time = /^([01]\d|2[0-3]):([0-5]\d)/.exec(text("time"));
  const errors = [
    parseIsoDay(text("date")) === undefined ? [{ path: "date", message: "Choose a date." }] : [],
    time ? [] : [{ path: "time", message: "Give a time." }],
    text("staffId") ? [] : [{ path: "staffId", message: "Choose who." }],
  ].flat();
  if (errors.length > 0) throw invalid(errors);
  const minute = Number(time?.[1]) * 60 + Number(time?.[2]);
  return {
    staffId: text("staffId"),
    startsAt: instantIn(timeZone, text("date"), minute),
    override: form.get("override") === "on",
  };
}
