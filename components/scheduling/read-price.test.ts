import { describe, expect, it } from "vitest";
import { readPrice, writePrice } from "./read-price";

describe("a price as typed", () => {
  it.each([
    ["35", "GBP", 3500],
    ["35.5", "GBP", 3550],
    ["35,50", "EUR", 3550],
    ["£ 1,200.00", "GBP", 120_000],
    ["1.200,00", "EUR", 120_000],
    ["1,200", "USD", 120_000],
    ["USD 12", "USD", 1200],
    ["0", "USD", 0],
    ["1.200", "EUR", undefined],
    ["3,500", "JPY", 3500],
    ["3500", "JPY", 3500],
    ["1.250", "KWD", 1250],
    ["", "GBP", null],
    ["  ", "GBP", null],
    ["free", "GBP", undefined],
    ["-5", "GBP", undefined],
    ["35.505", "GBP", undefined],
    ["35.5", "JPY", undefined],
    ["99999999999999999999", "USD", undefined],
  ])("%s %s is %s", (text, currency, minor) => {
    expect(readPrice(text, currency)).toBe(minor);
  });

  it("is written back as it is read", () => {
    for (const [minor, currency] of [
      [3500, "GBP"],
      [3550, "GBP"],
      [3500, "JPY"],
      [1250, "KWD"],
      [0, "USD"],
    ] as const)
      expect(readPrice(writePrice(minor, currency), currency)).toBe(minor);
    expect(writePrice(null, "GBP")).toBe("");
  });
});
