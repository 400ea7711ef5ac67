import { and, asc, eq, gte } from "drizzle-orm";
import { holidayCalendars, holidays, organizations } from "@/db/schema";
import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { isoOf } from "./rules/civil";
import { localDayOf, zoneOf } from "./rules/zone";
import type { HolidayChoice } from "./schemas";

/** `coming`: the dates from today on that are written down, with whether the business is closed for them. */
export type HolidaySettings = HolidayChoice & {
  knownUntil: string;
  coming: { onDate: string; name: string; closes: boolean }[];
};

/** undefined until an owner has chosen a country. */
export async function getHolidays(ctx: Context): Promise<HolidaySettings | undefined> {
  authorise(ctx, "read");
  return inTenant(ctx, async (tx) => {
    const [chosen] = await tx
      .select({
        country: holidayCalendars.country,
        region: holidayCalendars.region,
        closedOn: holidayCalendars.closedOn,
        knownUntil: holidayCalendars.knownUntil,
        timeZone: organizations.timeZone,
      })
      .from(holidayCalendars)
      .innerJoin(organizations, eq(organizations.id, holidayCalendars.orgId))
      .where(eq(holidayCalendars.orgId, ctx.orgId));
    if (!chosen) return undefined;
    const { timeZone, ...settings } = chosen;
    const today = isoOf(localDayOf(zoneOf(timeZone), ctx.clock.now().getTime()));
    const coming = await tx
      .select({ onDate: holidays.onDate, name: holidays.name, closes: holidays.closes })
      .from(holidays)
      .where(and(eq(holidays.orgId, ctx.orgId), gte(holidays.onDate, today)))
      .orderBy(asc(holidays.onDate), asc(holidays.name));
    return { ...settings, coming };
  });
}
