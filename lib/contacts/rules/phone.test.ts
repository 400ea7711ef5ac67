import { describe, expect, it } from "vitest";
import { normalisePhone } from "./phone";

describe("normalisePhone", () => {
  it.each([
    ["+12025550143", "GB", "+12025550143"],
    ["(202) 555-0143", "US", "+12025550143"],
    ["07700 900123", "GB", "+447700900123"],
    ["0044 7700 900123", "GB", "+447700900123"],
    ["+44 (0)7700 900123", "US", "+447700900123"],
    ["98765 43210", "in", "+919876543210"],
    ["202-555-0143 ext. 12", "US", "+12025550143"],
  ])("%s dialled in %s is %s", (text, country, expected) => {
    expect(normalisePhone(text, country)).toBe(expected);
  });

  it.each([
    "anonymous",
    "Restricted",
    "sip:+12025550143@carrier.example",
    "client:anna",
    "anna@carrier.example",
    "+266696687",
    "+7378742833",
    "",
    "   ",
    "911",
    "+1",
    "1".repeat(60),
  ])("%s is no telephone number", (text) => {
    expect(normalisePhone(text, "US")).toBeUndefined();
  });

  it("needs a country code where the country is not known", () => {
    expect(normalisePhone("2025550143", "ZZ")).toBeUndefined();
    expect(normalisePhone("+12025550143", "ZZ")).toBe("+12025550143");
    expect(normalisePhone(null, "US")).toBeUndefined();
  });
});
