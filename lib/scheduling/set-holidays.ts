import { inTenant } from "@/db/tenant";
import { recordChange } from "@/lib/events";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { invalid } from "@/lib/platform/errors";
import { parse } from "@/lib/platform/parse";
import { getHolidays, type HolidaySettings } from "./get-holidays";
import type { HolidayData } from "./ports";
import { type HolidaysInput, holidaysInput } from "./schemas";
import { writeHolidays } from "./write-holidays";

/**
 * Chooses the country whose public holidays count and those of them that close the business, by name. From then on they close it as a date
 * override would; an override of the owner's on the same day has precedence. Bookings that exist stay where they are.
 */
export async function setHolidays(
  ctx: Context,
  input: HolidaysInput,
  ports: { holidays: HolidayData },
): Promise<HolidaySettings> {
  authorise(ctx, "scheduling.configure");
  const choice = parse(holidaysInput, input);
  const { holidays } = ports;
  if (!holidays.countries().some(({ code }) => code === choice.country))
    throw invalid([{ path: "country", message: "The holidays of that country are not known." }]);
  if (choice.region !== null && !holidays.regions(choice.country).some(({ code }) => code === choice.region))
    throw invalid([{ path: "region", message: "That is no part of this country." }]);
  return inTenant(ctx, async (tx, joined) => {
    const before = await getHolidays(joined);
    await writeHolidays(joined, tx, choice, holidays);
    const after = await getHolidays(joined);
    await recordChange(ctx, tx, {
      action: "availability.changed",
      subject: { kind: "organization", id: ctx.orgId },
      changes: {
        holidays: {
          from: before && { country: before.country, region: before.region, closedOn: before.closedOn },
          to: choice,
        },
      },
      payload: { staffId: null },
    });
    if (!after) throw new Error("holidays were not written");
    return after;
  });
}
