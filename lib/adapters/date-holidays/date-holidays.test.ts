import { expect, it } from "vitest";
import { dateHolidays } from ".";

const names = (country: string, region: string | null, year: number) =>
  dateHolidays.holidays({ country, region }, [year]).map(({ onDate, name }) => `${onDate.slice(5)} ${name}`);

it("knows the public holidays of a country and of its part, substitute days under their holiday's name", () => {
  expect(names("GB", "ENG", 2027)).toEqual([
    "01-01 New Year's Day",
    "03-26 Good Friday",
    "03-29 Easter Monday",
    "05-03 Early May bank holiday",
    "05-31 Spring bank holiday",
    "08-30 Summer bank holiday",
    "12-25 Christmas Day",
    "12-26 Boxing Day",
    "12-27 Christmas Day",
    "12-28 Boxing Day",
  ]);
  expect(names("US", null, 2027)).toEqual(expect.arrayContaining(["11-25 Thanksgiving Day", "07-05 Independence Day"]));
  expect(names("DE", "BY", 2027)).toContain("01-06 Epiphany");
  expect(names("DE", "BE", 2027)).not.toContain("01-06 Epiphany");
});

it("gives a holiday of several days on each of them, and one that begins at sunset on its own day", () => {
  expect(names("MY", null, 2027).filter((each) => each.endsWith("Chinese New Year"))).toEqual([
    "02-06 Chinese New Year",
    "02-07 Chinese New Year",
    "02-08 Chinese New Year",
  ]);
  expect(names("IL", null, 2027)).toContain("10-11 Day of Atonement (Yom Kippur)");
});

it("lists countries and parts, and nothing for a place it does not know", () => {
  expect(dateHolidays.countries().length).toBeGreaterThan(190);
  expect(dateHolidays.countries()).toContainEqual({ code: "IN", name: "India" });
  expect(dateHolidays.regions("DE")).toContainEqual({ code: "BY", name: "Bayern" });
  expect(dateHolidays.regions("XX")).toEqual([]);
  expect(names("XX", null, 2027)).toEqual([]);
});
