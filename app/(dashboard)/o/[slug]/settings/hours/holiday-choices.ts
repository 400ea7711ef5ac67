import type { HolidaySettings } from "@/lib/scheduling";

export type HolidayChoices = {
  country: string;
  region: string;
  countries: { value: string; label: string }[];
  regions: { value: string; label: string }[];
  /** Each holiday once, at its next date. */
  holidays: { name: string; onDate: string; closes: boolean }[];
};

type Data = {
  countries(): { code: string; name: string }[];
  regions(country: string): { code: string; name: string }[];
  holidays(
    place: { country: string; region: string | null },
    years: readonly number[],
  ): { onDate: string; name: string }[];
};

/** What can be ticked: the holidays from today on of the place that is asked for, else of what is kept, else of the business's country. */
export function holidayChoices(
  data: Data,
  kept: HolidaySettings | undefined,
  asked: { country: string | undefined; region: string | undefined },
  business: { country: string; today: string },
): HolidayChoices {
  const options = (places: { code: string; name: string }[]) =>
    places.map(({ code, name }) => ({ value: code, label: name }));
  const countries = options(data.countries());
  const known = (code: string | undefined) => countries.find((each) => each.value === code)?.value;
  const country = known(asked.country) ?? kept?.country ?? known(business.country) ?? "";
  const regions = country ? options(data.regions(country)) : [];
  const wanted = asked.country === undefined ? (kept?.region ?? "") : (asked.region ?? "");
  const region = regions.some((each) => each.value === wanted) ? wanted : "";
  const year = Number(business.today.slice(0, 4));
  const dates = country ? data.holidays({ country, region: region || null }, [year, year + 1]) : [];
  const next = new Map<string, string>();
  for (const { name, onDate } of dates) if (onDate >= business.today && !next.has(name)) next.set(name, onDate);
  const closed = new Set(kept?.country === country ? kept.closedOn : []);
  return {
    country,
    region,
    countries,
    regions,
    holidays: [...next].map(([name, onDate]) => ({ name, onDate, closes: closed.has(name) })),
  };
}
