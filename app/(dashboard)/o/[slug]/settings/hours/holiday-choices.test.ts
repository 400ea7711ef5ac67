import { expect, test } from "vitest";
import { holidayChoices } from "./holiday-choices";

const data = {
  countries: () => [
    { code: "GB", name: "United Kingdom" },
    { code: "DE", name: "Germany" },
  ],
  regions: (country: string) => (country === "DE" ? [{ code: "BY", name: "Bavaria" }] : []),
  holidays: (place: { region: string | null }, years: readonly number[]) =>
    years.flatMap((year) => [
      { onDate: `${year}-01-01`, name: "New Year" },
      ...(place.region ? [{ onDate: `${year}-01-06`, name: "Epiphany" }] : []),
      { onDate: `${year}-12-25`, name: "Christmas" },
    ]),
};
const business = { country: "GB", today: "2026-11-21" };
const kept = { country: "DE", region: "BY", closedOn: ["Christmas"], knownUntil: "2029-01-01", coming: [] };
const none = { country: undefined, region: undefined };

test("what is kept is shown with its ticks, each holiday at its next date", () => {
  expect(holidayChoices(data, kept, none, business)).toMatchObject({
    country: "DE",
    region: "BY",
    holidays: [
      { name: "Christmas", onDate: "2026-12-25", closes: true },
      { name: "New Year", onDate: "2027-01-01", closes: false },
      { name: "Epiphany", onDate: "2027-01-06", closes: false },
    ],
  });
});

test("another place is asked for by the address; what is unknown there is not", () => {
  expect(holidayChoices(data, kept, { country: "DE", region: undefined }, business).region).toBe("");
  expect(holidayChoices(data, kept, { country: "GB", region: "BY" }, business)).toMatchObject({
    country: "GB",
    region: "",
  });
  expect(holidayChoices(data, undefined, { country: "XX", region: "1" }, business).country).toBe("GB");
  expect(holidayChoices(data, undefined, none, { ...business, country: "ZZ" })).toMatchObject({
    country: "",
    holidays: [],
  });
});
