import { expect, it } from "vitest";
import { type Alert, alertsReached, worthALetter } from "./alerts";
import type { StandingFacts } from "./standing";

const at = (day: number, hour = 0) => new Date(Date.UTC(2026, 10, day, hour));
const capped: StandingFacts = {
  ...{ status: "active", isCollected: true, isDemo: false, cancelAt: null, pastDueSince: null },
  ...{ periodStartsAt: at(1), periodEndsAt: at(30) },
  ...{ used: 300, included: 300, overage: 0n, spendingCap: 1_000n },
};
const trial: StandingFacts = {
  ...capped,
  status: "trialing",
  isCollected: false,
  included: 60,
  used: 0,
  spendingCap: null,
};
const say = (alerts: Alert[]) => alerts.map(({ what, threshold }) => `${what} ${threshold}`).join(", ");

it.each<[string, StandingFacts, Date, string]>([
  ["no limit", { ...capped, spendingCap: null, overage: 9_999n }, at(1), ""],
  ["nothing beyond the plan", capped, at(1), ""],
  ["a cent below half", { ...capped, overage: 499n }, at(1), ""],
  ["half", { ...capped, overage: 500n }, at(1), "cap 50"],
  ["more in one call", { ...capped, overage: 850n }, at(1), "cap 50, cap 80"],
  ["all of it", { ...capped, overage: 1_000n }, at(1), "cap 50, cap 80, cap 100"],
  ["a limit of nothing, minutes left", { ...capped, spendingCap: 0n, used: 299 }, at(1), ""],
  ["a limit of nothing, none left", { ...capped, spendingCap: 0n }, at(1), "cap 100"],
  ["a payment owed", { ...capped, status: "past_due", pastDueSince: at(3) }, at(16), "payment 0"],
  ["a payment owed too long", { ...capped, status: "past_due", pastDueSince: at(3) }, at(17), "payment 0, payment 14"],
  ["a payment owed, nobody told since when", { ...capped, status: "past_due" }, at(14, 23), "payment 0"],
  ["a payment owed since the period began", { ...capped, status: "past_due" }, at(15), "payment 0, payment 14"],
  ["a payment given up", { ...capped, status: "unpaid", pastDueSince: at(3) }, at(4), "payment 0, payment 14"],
  ["a fresh trial", trial, at(20), ""],
  ["half the trial's minutes", { ...trial, used: 30 }, at(20), "trial 50"],
  ["three days left", trial, at(27), "trial_days 3"],
  ["a day left", { ...trial, used: 48 }, at(29, 1), "trial 50, trial 80, trial_days 3, trial_days 1"],
  ["over", trial, at(30), "trial_days 3, trial_days 1, trial_days 0"],
])("%s", (_, facts, now, expected) => {
  expect(say(alertsReached(facts, now))).toBe(expected);
});

it("one letter for each kind at a time, and none of the days when there are no minutes left", () => {
  const reached = alertsReached({ ...trial, used: 60 }, at(29, 1));
  expect(say(worthALetter(reached, reached))).toBe("trial 100");
  const days = reached.filter(({ what }) => what === "trial_days");
  expect(worthALetter(days, reached)).toEqual([]);
  const some = alertsReached({ ...trial, used: 50 }, at(29, 1));
  expect(say(worthALetter(some, some))).toBe("trial 80, trial_days 1");
});
