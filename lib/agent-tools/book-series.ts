import { z } from "zod";
import { type BookSeriesRefusal, bookSeries, ruleOf } from "@/lib/scheduling";
import type { SeriesReport } from "@/lib/scheduling/schemas";
import { sayOffers, toOffers } from "./offers";
import { defineTool, type ToolAnswer } from "./types";

const fixed: Partial<Record<BookSeriesRefusal, string>> = {
  bad_rule: "I cannot book it in that rhythm. Daily, weekly or monthly would work.",
  too_many: "That is more appointments than I can book at once.",
  no_occurrence: "There is no date left in that series.",
  unknown_slot: "I could not find that time. Shall I look for another?",
  invalid_phone: "I did not get that number. Could you say it again?",
};

export const bookSeriesTool = defineTool({
  name: "book_series",
  description:
    "Books an appointment that repeats at the same time of day: daily, weekly or monthly. Pass the slot id of the first time from find_slots. Nothing is booked unless every date is free; otherwise the dates that are not are named, and you may ask the caller whether to book only the free ones (onlyFree).",
  parameters: z.object({
    slot: z.string().trim().min(1).max(80).describe("The slot id of the first appointment, unchanged"),
    repeat: z.enum(["daily", "weekly", "monthly"]),
    every: z.number().int().min(1).max(12).optional().describe("2 for every second week; 1 if left out"),
    times: z.number().int().min(2).max(26).describe("How many appointments in all, the first included"),
    name: z.string().max(120).describe("Who the appointments are for"),
    phone: z.string().max(40).optional().describe("Only if the caller gives another number"),
    onlyFree: z
      .boolean()
      .optional()
      .describe("True only after the caller agreed to leave out the dates that are taken"),
  }),
  identityLevel: 0,
  async run(ctx, { slot, repeat, every = 1, times, name, phone, onlyFree }, call) {
    if (!name.trim())
      return { status: "refused", say: "What name shall I put it under?", data: { reason: "name_missing" } };
    const given = phone?.trim() || call.fromNumber;
    const own = !phone?.trim() && call.contactId ? { contactId: call.contactId } : {};
    const asked = {
      ...own,
      slot,
      name,
      callId: call.callId,
      rule: ruleOf({ frequency: repeat, interval: every, count: times }),
      mode: onlyFree ? ("free" as const) : ("all" as const),
    };
    let booked = await bookSeries(ctx, { ...asked, ...(given ? { phone: given } : {}) });
    // As with a single booking, a number that the carrier garbled does not stand in the way.
    if (!booked.ok && booked.reason === "invalid_phone" && !phone?.trim()) booked = await bookSeries(ctx, asked);
    if (!booked.ok) return refused(booked.reason, booked.detail);
    const { seriesId, bookings, report } = booked.value;
    const [first] = report.occurrences.filter((each) => each.reason === undefined);
    const left = report.occurrences.length - bookings.length;
    return {
      status: "ok",
      say: `You are booked for ${bookings.length} appointments of ${report.service} with ${report.staff}, the first ${first?.say}${left > 0 ? `; ${left} could not be had` : ""}.`,
      data: { series: seriesId, bookings: bookings.map(({ id }) => id), dates: datesOf(report) },
    };
  },
});

function refused(reason: BookSeriesRefusal, report: SeriesReport | undefined): ToolAnswer {
  const missing = report?.occurrences.filter((each) => each.reason !== undefined) ?? [];
  const [first] = missing;
  if (!report || !first) return { status: "refused", say: fixed[reason] ?? fixed.unknown_slot ?? "", data: { reason } };
  const instead = sayOffers(first.alternatives);
  const count = `${report.bookable} of the ${report.occurrences.length} dates are free`;
  const say =
    report.bookable === 0
      ? `None of these dates is free.${instead ? ` For the first I have ${instead}.` : ""}`
      : `${count}; ${first.say} is not${missing.length > 1 ? `, nor ${missing.length === 2 ? "one" : missing.length - 1} after it` : ""}. Shall I book the ones that are free, or look for another time?`;
  const offers = toOffers(first.alternatives);
  return {
    status: "refused",
    say,
    data: { reason, bookable: report.bookable, dates: datesOf(report) },
    ...(offers.length > 0 ? { offers } : {}),
  };
}

const datesOf = (report: SeriesReport) =>
  report.occurrences.map(({ startsAt, reason }) => ({
    startsAt,
    isFree: reason === undefined,
    reason: reason ?? null,
  }));
