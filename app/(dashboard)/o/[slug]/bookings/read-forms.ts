import { z } from "zod";
import { invalid } from "@/lib/platform/errors";
import { isoInZone, parseIsoDay, ruleOf, toInstant, zoneOf } from "@/lib/scheduling";
import { type Consent, type SeriesScope, seriesScopes } from "@/lib/scheduling/schemas";

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

const frequencies = ["daily", "weekly", "monthly"] as const;

/** How a form says a booking repeats: a rule and the dates to leave out; undefined when it does not. */
export function readRepeat(form: FormData): { rule: string; exceptOn: string[] } | undefined {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const frequency = frequencies.find((each) => each === text("repeat"));
  if (!frequency) return undefined;
  const [interval, count, until] = [Number(text("every") || 1), Number(text("times")), text("until")];
  const exceptOn = text("except")
    .split(/[,;\s]+/)
    .filter(Boolean);
  const errors = [
    Number.isInteger(interval) && interval >= 1 && interval <= 52
      ? []
      : [{ path: "every", message: "Give a whole number up to 52." }],
    text("times") === "" || (Number.isInteger(count) && count >= 2 && count <= 104)
      ? []
      : [{ path: "times", message: "Give a whole number from 2 to 104." }],
    (text("times") === "") === (until === "") ? [{ path: "times", message: "Say how many times, or until when." }] : [],
    until === "" || parseIsoDay(until) !== undefined ? [] : [{ path: "until", message: "Choose a date." }],
    exceptOn.every((iso) => parseIsoDay(iso) !== undefined)
      ? []
      : [{ path: "except", message: "Write dates as 2026-12-24." }],
  ].flat();
  if (errors.length > 0) throw invalid(errors);
  return { rule: ruleOf({ frequency, interval, ...(until ? { until } : { count }) }), exceptOn };
}

/** Which bookings of a series a change is meant for; one where a form does not ask. */
export const readScope = (form: FormData): SeriesScope =>
  seriesScopes.find((scope) => scope === form.get("scope")) ?? "one";
