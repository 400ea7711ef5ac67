import { describe, expect, it } from "vitest";
import { type CancellationPolicy, noPolicy, sayPolicy, termsAt } from "./cancellation";

const HOUR = 3_600_000;
const policy: CancellationPolicy = {
  coversMoves: true,
  windows: [
    { withinMinutes: 120, fee: null, isRefused: true },
    { withinMinutes: 1440, fee: { kind: "percent", percent: 50 }, isRefused: false },
    { withinMinutes: 2880, fee: { kind: "fixed", cents: 500 }, isRefused: false },
  ],
};
const startMs = Date.UTC(2026, 10, 24, 15);
const at = (hoursBefore: number, priceCents: number | null = 4500) =>
  termsAt(policy, "cancel", { startMs, priceCents }, startMs - hoursBefore * HOUR);

describe("what cancelling costs", () => {
  it.each([
    [72, true, 0],
    [48, true, 0],
    [47.99, true, 500],
    [24, true, 500],
    [23.99, true, 2250],
    [2, true, 2250],
    [1.99, false, 0],
    [-1, false, 0],
  ])("%s hours before: allowed %s, fee %s", (hours, isAllowed, feeCents) => {
    expect(at(hours)).toMatchObject({ isAllowed, feeCents, freeUntilMs: startMs - 48 * HOUR });
  });

  it("rounds half a unit up, and a share of an unknown price is nothing", () => {
    expect(at(10, 4501).feeCents).toBe(2251);
    expect(at(10, null).feeCents).toBe(0);
  });

  it("leaves moving free unless the policy covers it, and everything without a policy", () => {
    const booking = { startMs, priceCents: 4500 };
    expect(termsAt(policy, "move", booking, startMs - HOUR).isAllowed).toBe(false);
    const free = { isAllowed: true, feeCents: 0, freeUntilMs: null };
    expect(termsAt({ ...policy, coversMoves: false }, "move", booking, startMs - HOUR)).toMatchObject(free);
    expect(termsAt(noPolicy, "cancel", booking, startMs + HOUR)).toMatchObject(free);
  });

  it("never becomes cheaper or possible again as the start comes nearer, when narrower windows are stricter", () => {
    let [fee, isAllowed] = [0, true];
    for (let hours = 60; hours >= -3; hours -= 0.25) {
      const terms = at(hours);
      if (!isAllowed) expect(terms.isAllowed).toBe(false);
      if (terms.isAllowed) expect(terms.feeCents).toBeGreaterThanOrEqual(fee);
      [fee, isAllowed] = [terms.feeCents, terms.isAllowed];
    }
  });
});

it("says a policy in sentences", () => {
  const money = (cents: number) => `$${(cents / 100).toFixed(2)}`;
  expect(sayPolicy(noPolicy, money)).toBe("You can cancel free of charge at any time.");
  expect(sayPolicy(policy, money)).toBe(
    "You can cancel or move free of charge until 2 days before. Later it costs $5.00. Within 24 hours it costs half of the price. Within 2 hours that is no longer possible.",
  );
  expect(
    sayPolicy(
      {
        coversMoves: false,
        windows: [{ withinMinutes: 60, fee: { kind: "percent", percent: 100 }, isRefused: false }],
      },
      money,
    ),
  ).toBe("You can cancel free of charge until 1 hour before. Later it costs the full price. Moving costs nothing.");
});
