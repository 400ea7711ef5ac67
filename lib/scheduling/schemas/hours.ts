import { z } from "zod";
import { isoDate } from "./fields";

export const minuteSpan = z
  .object({ startMinute: z.number().int().min(0).max(1439), endMinute: z.number().int().min(1).max(1440) })
  .refine((span) => span.startMinute < span.endMinute, "The end must come after the start.");
export type MinuteSpan = z.output<typeof minuteSpan>;

const apart = (spans: MinuteSpan[]) => {
  const sorted = [...spans].sort((a, b) => a.startMinute - b.startMinute);
  return sorted.every((span, n) => n === 0 || (sorted[n - 1]?.endMinute ?? 0) <= span.startMinute);
};

export const daySpans = z.array(minuteSpan).max(8, "At most eight spans a day.").refine(apart, "Two spans overlap.");

/** Seven days, Sunday first. */
export const week = z.array(daySpans).length(7);
export type Week = z.output<typeof week>;

/** Which public holidays close the business, by the names the holiday data gives them. */
export const holidaysInput = z.object({
  country: z.string().regex(/^[A-Z]{2}$/, "Choose a country."),
  region: z.string().max(20).nullable().default(null),
  closedOn: z.array(z.string().max(120)).max(100),
});
export type HolidaysInput = z.input<typeof holidaysInput>;
export type HolidayChoice = z.output<typeof holidaysInput>;

/** `staffId` null = the business. `weekly` null (staff only) = follows the opening hours. */
export const weeklyHoursInput = z.object({
  staffId: z.string().nullable(),
  /** A location's own hours; without any it follows the business. */
  locationId: z.string().nullable().default(null),
  weekly: week.nullable(),
});

export const dateOverrideInput = z.object({
  staffId: z.string().nullable(),
  locationId: z.string().nullable().default(null),
  onDate: isoDate,
  /** None = closed. */
  spans: daySpans,
  reason: z.string().trim().max(80, "At most 80 letters.").default(""),
});
export type DateOverrideInput = z.input<typeof dateOverrideInput>;

export const dateOverridesInput = dateOverrideInput.extend({ untilDate: isoDate.nullable().default(null) });

export type DateOverride = {
  id: string;
  staffId: string | null;
  locationId: string | null;
  onDate: string;
  spans: MinuteSpan[];
  reason: string;
};
