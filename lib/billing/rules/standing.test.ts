import fc from "fast-check";
import { expect, it } from "vitest";
import { countedFrom, type StandingFacts, standingOf } from "./standing";

const at = (day: number) => new Date(Date.UTC(2026, 10, day));
const facts: StandingFacts = {
  ...{ status: "active", isCollected: true, isDemo: false, cancelAt: null, pastDueSince: null },
  ...{ periodStartsAt: at(1), periodEndsAt: at(30) },
  ...{ used: 0, included: 300, overage: 0n, spendingCap: null },
};
const trial: StandingFacts = { ...facts, status: "trialing", isCollected: false, included: 60 };
const capped = { used: 340, overage: 1_000n, spendingCap: 1_000n };
const limited = (because: string, until: Date | null = null) => ({ state: "limited", because, until });

it.each<[string, StandingFacts, object]>([
  ["a trial runs", { ...trial, used: 59 }, { state: "trial", until: at(30) }],
  ["a trial's minutes are used", { ...trial, used: 60 }, limited("trial_minutes_used")],
  ["a demo's minutes are used", { ...trial, used: 60, isDemo: true }, { state: "trial", until: at(30) }],
  ["a trial is over", { ...trial, periodEndsAt: at(20) }, limited("trial_over")],
  [
    "a trial that Stripe gave has no minutes of ours",
    { ...trial, isCollected: true, used: 99 },
    { state: "active", until: null },
  ],
  ["active", facts, { state: "active", until: null }],
  ["active, ends with its period", { ...facts, cancelAt: at(30) }, { state: "active", until: at(30) }],
  ["what was cancelled is over, whether told or not", { ...facts, cancelAt: at(20) }, limited("canceled")],
  ["canceled", { ...facts, status: "canceled" }, limited("canceled")],
  ["never paid", { ...facts, status: "incomplete_expired" }, limited("canceled")],
  ["a payment failed", { ...facts, status: "past_due", pastDueSince: at(7) }, { state: "grace", until: at(21) }],
  ["grace ended", { ...facts, status: "past_due", pastDueSince: at(6) }, limited("payment_failed")],
  [
    "since when is not told",
    { ...facts, status: "past_due", periodStartsAt: at(7) },
    { state: "grace", until: at(21) },
  ],
  ["since when was never told", { ...facts, status: "past_due", periodStartsAt: at(6) }, limited("payment_failed")],
  ["given up by Stripe", { ...facts, status: "unpaid", pastDueSince: at(19) }, limited("payment_failed")],
  ["paused", { ...facts, status: "paused" }, limited("paused")],
  ["incomplete", { ...facts, status: "incomplete" }, limited("incomplete")],
  ["below the cap", { ...facts, ...capped, overage: 999n }, { state: "active", until: null }],
  ["at the cap", { ...facts, ...capped }, limited("cap_reached", at(30))],
  [
    "at the cap in grace",
    { ...facts, ...capped, status: "past_due", pastDueSince: at(19) },
    limited("cap_reached", at(30)),
  ],
  [
    "at the cap with minutes of a larger plan",
    { ...facts, ...capped, included: 1_000 },
    { state: "active", until: null },
  ],
  ["a cap of nothing, minutes left", { ...facts, spendingCap: 0n, used: 299 }, { state: "active", until: null }],
  ["a cap of nothing, none left", { ...facts, spendingCap: 0n, used: 300 }, limited("cap_reached", at(30))],
])("%s", (_, given, expected) => {
  expect(standingOf(given, at(20))).toEqual(expected);
});

const day = fc.integer({ min: 1, max: 60 }).map(at);
const any = fc.record<StandingFacts>({
  status: fc.constantFrom(
    "trialing",
    "active",
    "past_due",
    "unpaid",
    "paused",
    "incomplete",
    "incomplete_expired",
    "canceled",
  ),
  isCollected: fc.boolean(),
  isDemo: fc.boolean(),
  periodStartsAt: day,
  periodEndsAt: day,
  cancelAt: fc.option(day, { nil: null }),
  pastDueSince: fc.option(day, { nil: null }),
  used: fc.nat(2_000),
  included: fc.nat(1_000),
  overage: fc.bigInt({ min: 0n, max: 10_000n }),
  spendingCap: fc.option(fc.bigInt({ min: 0n, max: 10_000n }), { nil: null }),
});

it("raising the limit, or taking it away, never limits anybody, and using more never frees anybody", () => {
  fc.assert(
    fc.property(any, day, fc.bigInt({ min: 0n, max: 5_000n }), fc.nat(100), (given, now, more, minutes) => {
      const isServed = (one: StandingFacts) => standingOf(one, now).state !== "limited";
      const cap = given.spendingCap === null ? null : given.spendingCap + more;
      if (isServed(given)) expect(isServed({ ...given, spendingCap: cap })).toBe(true);
      if (isServed(given)) expect(isServed({ ...given, spendingCap: null })).toBe(true);
      if (!isServed(given))
        expect(isServed({ ...given, used: given.used + minutes, overage: given.overage + more })).toBe(false);
    }),
  );
});

it("what is said to change by itself lies ahead", () => {
  fc.assert(
    fc.property(any, day, (given, now) => {
      const { until } = standingOf(given, now);
      expect(until === null || until > now).toBe(true);
    }),
  );
});

it("minutes count from the latest of what begins them", () => {
  const row = { periodStartsAt: at(1), periodEndsAt: at(30), billedFrom: null, minutesFrom: null };
  expect(countedFrom(row, at(20))).toEqual(at(1));
  expect(countedFrom({ ...row, billedFrom: at(2) }, at(20))).toEqual(at(2));
  expect(countedFrom({ ...row, billedFrom: at(2), minutesFrom: at(9) }, at(20))).toEqual(at(9));
  expect(countedFrom({ ...row, minutesFrom: at(9) }, at(30))).toEqual(at(30));
  expect(countedFrom({ ...row, minutesFrom: at(25) }, at(20)), "a change that lies ahead").toEqual(at(1));
  const ahead = { ...row, periodStartsAt: at(25), periodEndsAt: at(55) };
  expect(countedFrom({ ...ahead, minutesFrom: at(20) }, at(21)), "by the engine's clock").toEqual(at(20));
  expect(countedFrom({ ...ahead, minutesFrom: at(20) }, at(26)), "and then by ours").toEqual(at(25));
  const seconds = { ...row, periodStartsAt: new Date(at(25).getTime() + 9_000), minutesFrom: at(20) };
  expect(countedFrom(seconds, at(25)), "clocks differ a little").toEqual(seconds.periodStartsAt);
});
