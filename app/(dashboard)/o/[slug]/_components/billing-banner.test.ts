import { expect, it } from "vitest";
import type { StandingNow } from "@/lib/billing";
import { billingBanner, isToBePaid } from "./billing-banner";

const now = new Date("2026-11-20T12:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const place = { slug: "acme", zone: "Europe/London", now };

type Facts = Partial<Omit<StandingNow, "subscription">> & { cap?: bigint };
function bannerOf({ cap, ...facts }: Facts) {
  const subscription = { spendingCap: cap ?? null, currency: "USD" };
  const stands = { used: 0, included: 60, overage: 0n, isDemo: false, ...facts, subscription } as StandingNow;
  const { kind, action, children } = billingBanner(stands, place)?.props ?? {};
  return kind && { kind, href: action.href, text: [children].flat().join("") };
}

const trial = { state: "trial", until: inDays(12) } as const;
const active = { state: "active", until: null } as const;
const amber = (href: string, text: unknown) => ({ kind: "attention", href: `/o/acme/billing${href}`, text });

it.each<[string, Facts, object | undefined]>([
  ["nothing while a trial is young", { standing: trial, used: 47 }, undefined],
  [
    "a trial that ends soon",
    { standing: { ...trial, until: inDays(2) } },
    amber("/plans", expect.stringMatching(/^Your trial ends on /)),
  ],
  [
    "a trial whose minutes are nearly used",
    { standing: trial, used: 48 },
    amber("/plans", "48 of your trial’s 60 minutes are used."),
  ],
  ["no minutes of the demo's", { standing: trial, used: 59, isDemo: true }, undefined],
  ["nothing far from the limit", { standing: active, overage: 3_999n, cap: 5_000n }, undefined],
  [
    "a limit that is nearly reached",
    { standing: active, overage: 4_000n, cap: 5_000n },
    amber("#limit", "$40.00 of your spending limit of $50.00 is used."),
  ],
  ["nothing without a limit", { standing: active, overage: 90_000n }, undefined],
  ["a limit of nothing before it is reached", { standing: active, cap: 0n }, undefined],
  [
    "a limit that is reached",
    { standing: { state: "limited", because: "cap_reached", until: null }, overage: 5_000n, cap: 5_000n },
    {
      kind: "failed",
      href: "/o/acme/billing#limit",
      text: expect.stringMatching(/^Your spending limit is reached\. Callers hear/),
    },
  ],
  [
    "a payment that failed",
    { standing: { state: "grace", until: inDays(9) } },
    amber("/invoices", expect.stringMatching(/^A payment failed\./)),
  ],
])("owners are told of %s", (_, facts, said) => {
  expect(bannerOf(facts)).toEqual(said);
});

it("who owes a payment is led to the invoice that is owed, nobody else", () => {
  const stands = (standing: StandingNow["standing"]) =>
    ({
      standing,
      used: 0,
      included: 60,
      overage: 0n,
      isDemo: false,
      subscription: { spendingCap: null },
    }) as StandingNow;
  const grace = stands({ state: "grace", until: inDays(9) });
  const unpaid = stands({ state: "limited", because: "payment_failed", until: null });
  const ended = stands({ state: "limited", because: "canceled", until: null });
  expect([grace, unpaid, ended].map(isToBePaid)).toEqual([true, true, false]);
  const hrefs = [grace, unpaid, ended].map(
    (each) => billingBanner(each, { ...place, owed: { id: "ivc_1" } })?.props.action.href,
  );
  expect(hrefs).toEqual(["/o/acme/billing/invoices/ivc_1", "/o/acme/billing/invoices/ivc_1", "/o/acme/billing/plans"]);
});
