import type { HolidayData } from "@/lib/scheduling/ports";

/** Loaded at its first use: the rules of two hundred countries are of no use to a call. */
export const holidayData = async (): Promise<HolidayData> =>
  (await import("@/lib/adapters/date-holidays")).dateHolidays;
