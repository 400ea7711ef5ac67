import { expect, it } from "vitest";
import { factsInWords } from "./facts-in-words";

it("what each side says of a difference is told in dollars and times, not in millionths and marks", () => {
  const at = "2026-11-20T10:05:00.000Z";
  expect(factsInWords("cost_differs", { call: "41200", ledger: "41200", provider: null, at })).toBe(
    " · call: $0.041200 · ledger: $0.041200 · provider: not told · at: Fri 20 Nov, 10:05 UTC",
  );
  expect(factsInWords("overbilled", { why: "added_by_hand", amount: "500", currency: "INR", invoice: "in_1" })).toBe(
    " · why: added by hand · amount: ₹5.00 · invoice: in_1",
  );
  expect(factsInWords("stuck_call", { counted: 3, providerSeconds: 125 })).toBe(
    " · counted: 3 · provider seconds: 125",
  );
  expect(factsInWords("invoice_differs", { total: "9950", beyondItsLines: "-12", currency: "USD" })).toBe(
    " · total: $99.50 · beyond its lines: −$0.12",
  );
});
