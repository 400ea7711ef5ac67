import Holidays from "date-holidays";
import type { HolidayData, HolidayPlace } from "@/lib/scheduling/ports";

const DAY_MS = 86_400_000;

/** Holidays of 200 countries from the package's own rules (data CC BY 3.0, https://github.com/commenthol/date-holidays): nothing is fetched. */
export const dateHolidays: HolidayData = {
  countries: () => places(new Holidays().getCountries("en")),
  regions: (country) => places(new Holidays().getStates(country, "en")),
  holidays({ country, region }, years) {
    const known = region ? new Holidays(country, region) : new Holidays(country);
    const found = new Map<string, { onDate: string; name: string }>();
    for (const year of years)
      for (const { date, start, end, name, type } of known.getHolidays(year, "en") ?? []) {
        if (type !== "public" && type !== "bank") continue;
        const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / DAY_MS));
        for (let n = 0; n < days; n++) {
          const onDate = new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);
          const holiday = { onDate, name: name.replace(/ \(substitute day\)$/, "").slice(0, 120) };
          found.set(`${onDate} ${holiday.name}`, holiday);
        }
      }
    return [...found.values()].sort((a, b) => (a.onDate < b.onDate ? -1 : 1));
  },
};

const places = (named: Record<string, string> | undefined): HolidayPlace[] =>
  Object.entries(named ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
