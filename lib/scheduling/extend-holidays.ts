import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { getHolidays } from "./get-holidays";
import type { HolidayData } from "./ports";
import { DAY_MS, parseIsoDay } from "./rules/civil";
import { writeHolidays } from "./write-holidays";

/** Bookings reach two years ahead: with less than four known the years to come are written down. Nothing is lost when this runs late by a year. */
const ENOUGH_DAYS = 4 * 365;

/** Writes further years of an organisation's chosen holidays where they are due; tells whether they were. */
export async function extendHolidays(ctx: Context, ports: { holidays: () => Promise<HolidayData> }): Promise<boolean> {
  authorise(ctx, "scheduling.configure");
  return inTenant(ctx, async (tx, joined) => {
    const settings = await getHolidays(joined);
    const today = Math.floor(ctx.clock.now().getTime() / DAY_MS);
    if (!settings || (parseIsoDay(settings.knownUntil) ?? 0) - today >= ENOUGH_DAYS) return false;
    await writeHolidays(joined, tx, settings, await ports.holidays());
    return true;
  });
}
