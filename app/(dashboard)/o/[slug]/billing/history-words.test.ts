import { expect, it } from "vitest";
import { historyInWords, whoInWords } from "./history-words";

const zone = "America/New_York";
const say = (changes: Record<string, unknown>, action = "subscription.changed") => {
  const { title, detail } = historyInWords({ action, changes, actorKind: "system", actorLabel: "sync" }, zone);
  return detail ? `${title}: ${detail}` : title;
};
const to = (from: unknown, next: unknown) => ({ from, to: next });

it.each([
  [
    { status: "trialing", plan: "growth", version: 1, until: "2026-12-05T02:00:00.000Z" },
    "Trial began: Until 4 Dec 2026, with everything of Growth",
  ],
  [{ spendingCap: to(null, "300"), currency: "USD" }, "Spending limit changed: none → $3.00"],
  [{ spendingCap: to(300, null), currency: "INR" }, "Spending limit changed: ₹3.00 → none"],
  [
    { plan: to("starter 1", "growth 1"), every: to("month", "month"), dueNow: "15000", currency: "USD" },
    "Plan changed: Starter → Growth, $150.00 due at once",
  ],
  [
    { plan: to("growth 1", "growth 1"), every: to("month", "year"), dueNow: "-500", currency: "USD" },
    "Plan changed: Growth, paid by the year, $5.00 of credit",
  ],
  [
    {
      plan: to("growth", "starter"),
      status: to("trialing", "active"),
      subscriptionRef: to(null, "sub_1"),
      periodEndsAt: to("2026-12-05T12:00:00.000Z", "2026-12-21T12:00:00.000Z"),
    },
    "Plan began: Starter, until 21 Dec 2026",
  ],
  [
    { status: to("active", "past_due"), periodEndsAt: to("2026-12-21T12:00:00.000Z", "2027-01-21T12:00:00.000Z") },
    "A payment failed",
  ],
  [{ status: to("past_due", "active") }, "The payment came"],
  [{ cancelAt: to(null, "2026-12-21T12:00:00.000Z") }, "Plan cancelled: Ends on 21 Dec 2026"],
  [{ cancelAt: to("2026-12-21T12:00:00.000Z", null) }, "Cancellation taken back"],
  [
    {
      periodStartsAt: to("2026-11-21T12:00:00.000Z", "2026-12-21T12:00:00.000Z"),
      periodEndsAt: to("2026-12-21T12:00:00.000Z", "2027-01-21T12:00:00.000Z"),
    },
    "A new period began: Until 21 Jan 2027",
  ],
  [{ billedFrom: to(null, "2026-12-21T12:00:00.000Z") }, "Subscription brought up to date"],
])("says what became of the subscription: %#", (changes, said) => {
  expect(say(changes)).toBe(said);
});

it("says what was opened and written, and names people alone", () => {
  expect(say({ plan: "scale", every: "year" }, "subscription.checkout_started")).toBe(
    "Payment page opened: Scale, paid by the year",
  );
  expect(say({ what: "cap", threshold: 80 }, "subscription.alerted")).toBe(
    "Owners were written to: 80 % of the spending limit was reached",
  );
  const by = (actorKind: "system" | "member", actorLabel: string) =>
    whoInWords({ action: "", changes: {}, actorKind, actorLabel });
  expect([by("system", "start-trial"), by("member", "Ann")]).toEqual(["Caly", "Ann"]);
});
