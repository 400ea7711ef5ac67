import { describe, expect, it } from "vitest";
import { formatMoney } from "./money-format";

describe("formatMoney", () => {
  it.each([
    [124000, "GBP", "£1,240.00"],
    [-5, "GBP", "−£0.05"],
    [1500, "JPY", "¥1,500"],
    [9700, "USD", "$97.00"],
    [12345, "KWD", "KWD 12.345"],
  ])("writes %s minor units of %s as %s", (minor, currency, said) => {
    expect(formatMoney(minor, currency).replace("\u00a0", " ")).toBe(said);
  });

  it("drops the decimals of a headline figure when asked", () => {
    expect(formatMoney(124000, "GBP", { digits: 0 })).toBe("£1,240");
  });
});
