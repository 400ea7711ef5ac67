import { beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { billingItems, invoiceLines, invoices, subscriptions } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { postEntries } from "@/lib/ledger";
import type { Currency } from "@/lib/ledger/words";
import { fixedClock } from "@/lib/platform/clock";
import { newId } from "@/lib/platform/ids";
import { anyDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { exportFigures, listDifferences, readFigures } from ".";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});

const clock = fixedClock("2026-11-20T12:00:00Z");
const operator = { kind: "operator", userId: "usr_x", label: "Op" } as const;
const at = (day: string) => new Date(`${day}T00:00:00Z`);

type Paid = {
  plan: string;
  amount: bigint;
  from: string;
  to: string;
  status?: "paid" | "void" | "draft" | "open";
  reason?: string;
};

async function payer(currency: "USD" | "INR", began: string, paid: readonly Paid[]) {
  const organization = await createTestOrganization(database, { now: clock, name: `Payer in ${currency}` });
  const { orgId, ctx } = organization;
  await withTenant(database, orgId, async (tx) => {
    await tx.insert(subscriptions).values({
      orgId,
      plan: "starter",
      planVersion: 1,
      status: "active",
      currency,
      periodStartsAt: at(began),
      periodEndsAt: at("2026-12-01"),
      billedFrom: at(began),
      createdAt: at(began),
    });
    for (const { plan, amount, from, to, status = "paid", reason = "manual" } of paid) {
      const id = newId("invoice");
      const times = { periodStartsAt: at(from), periodEndsAt: at(to) };
      const sums = { subtotal: amount, total: amount, amountDue: amount, amountPaid: amount, tax: 0n };
      const row = { id, orgId, ref: id, status, reason, currency, ...sums, ...times };
      await tx.insert(invoices).values({ ...row, issuedAt: at(from), readingNo: 1n });
      const line = { orgId, invoiceId: id, position: 0, ref: id, kind: "plan" as const, description: plan };
      const billedEvery = amount === 97_000n ? "year" : "month";
      await tx.insert(invoiceLines).values({ ...line, plan, planVersion: 1, billedEvery, amount, ...times });
    }
  });
  for (const { amount, from, status = "paid" } of paid)
    if (status === "paid")
      await postEntries(ctx, {
        cause: { kind: "invoice", id: newId("invoice") },
        effectiveAt: at(from),
        lines: [
          {
            debit: "billing.receivable",
            credit: "billing.subscription_revenue",
            unit: currency as Currency,
            amount,
          },
        ],
      });
  return organization;
}

it("tells by month and currency what came and went, what was earned and what it cost; nothing is added across currencies", async () => {
  const month = (from: string, to: string, plan = "starter", amount = 9_700n) => ({ plan, amount, from, to });
  await payer("USD", "2026-08-20", [
    month("2026-09-10", "2026-10-10"),
    month("2026-10-10", "2026-11-10", "growth", 24_700n),
    { ...month("2026-11-10", "2026-12-10", "growth", 24_700n), status: "void" },
  ]);
  const { orgId, ctx } = await payer("USD", "2026-10-05", [month("2026-10-20", "2027-10-20", "starter", 97_000n)]);
  await payer("INR", "2026-11-01", [
    month("2026-10-19", "2026-11-19", "starter", 799_900n),
    // The renewal is being written, a change of plan waits for its payment.
    { ...month("2026-11-19", "2026-12-19", "starter", 799_900n), status: "draft" },
    { ...month("2026-11-20", "2026-12-19", "growth", 1_199_900n), status: "open", reason: "subscription_update" },
  ]);
  await postEntries(ctx, {
    cause: { kind: "call", id: "call_x" },
    effectiveAt: at("2026-10-21"),
    lines: [
      { debit: "billing.provider_cost", credit: "billing.provider_payable", unit: "usd_micros", amount: 97_000_000n },
    ],
  });
  const connectionId = await seedConnection(database, orgId);
  for (const [outcome, kind] of [
    ["booked", "phone"],
    ["missed", "phone"],
    ["booked", "test"],
  ] as const)
    await seedCall(database, orgId, { connectionId, startedAt: at("2026-10-21"), outcome, kind });

  const figures = await readFigures({ actor: operator, database, clock });
  expect(figures.months).toEqual(["2026-08", "2026-09", "2026-10", "2026-11"]);
  const [rupees, dollars] = figures.currencies;
  expect([rupees?.currency, dollars?.currency]).toEqual(["INR", "USD"]);
  expect(rupees?.movements.map(({ recurring }) => recurring)).toEqual([0n, 0n, 799_900n, 799_900n]);
  expect(dollars?.movements.slice(1)).toMatchObject([
    { month: "2026-09", recurring: 9_700n, added: 9_700n, paying: 1 },
    { month: "2026-10", recurring: 32_783n, added: 8_083n, expansion: 15_000n, churn: 0n, paying: 2 },
    { month: "2026-11", recurring: 8_083n, churn: -24_700n, paying: 1, left: 1 },
  ]);
  expect(dollars?.cohorts.map(({ month: each, kept }) => [each, kept])).toEqual([
    ["2026-09", [1, 1, 0]],
    ["2026-10", [1, 1]],
  ]);
  expect(dollars?.money[2]).toEqual({
    month: "2026-10",
    plans: 121_700n,
    overage: 0n,
    providerCostMicros: 97_000_000n,
  });
  expect(figures.calls[2]).toEqual({ month: "2026-10", calls: 2, booked: 1 });
  expect(figures.trials.map(({ started, converted }) => [started, converted])).toEqual([
    [1, 1],
    [0, 0],
    [1, 1],
    [1, 1],
  ]);
  const csv = exportFigures(figures).trim().split("\r\n");
  expect(csv).toHaveLength(1 + 2 * 4);
  expect(csv[7]).toBe("2026-10,USD,327.83,80.83,150.00,0.00,0.00,2,0,163.91,1217.00,0.00,97.000000,920,1,1,2,1");
});

it("writes a file also while nobody has paid: calls, bookings and trials by month", () => {
  const months = ["2026-11"];
  const trials = [{ month: "2026-11", started: 3, converted: 0, running: 2 }];
  const csv = exportFigures({ months, trials, calls: [{ month: "2026-11", calls: 9, booked: 4 }], currencies: [] });
  expect(csv.trim().split("\r\n").slice(1)).toEqual(["2026-11,,,,,,,,,,,,,,3,0,9,4"]);
});

it("lists what nobody has settled with its organisation; what was settled is over", async () => {
  const { orgId } = await createTestOrganization(database, { name: "Differs" });
  const item = (isOpen: boolean) => ({
    id: newId("billingItem"),
    orgId,
    kind: "billed_twice" as const,
    subject: isOpen ? "call_open" : "call_done",
    facts: { ours: 1, theirs: 2 },
    proposal: "Credit one minute.",
    isOpen,
    foundAt: clock.now(),
    closedAt: isOpen ? null : clock.now(),
  });
  await withTenant(database, orgId, (tx) => tx.insert(billingItems).values([item(true), item(false)]));
  expect(await listDifferences({ actor: operator, database })).toMatchObject({
    items: [{ orgId, organization: "Differs", subject: "call_open", facts: { ours: 1, theirs: 2 } }],
    ...{ total: 1, olderCursor: null },
  });
  const more = Array.from({ length: 204 }, (_, n) => ({ ...item(true), subject: `call_${n}` }));
  await withTenant(database, orgId, (tx) => tx.insert(billingItems).values(more));
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listDifferences({ actor: operator, database, cursor });
    expect(page.total).toBe(205);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.olderCursor;
  }
  expect([seen.length, new Set(seen).size]).toEqual([205, 205]);
});

it("is for operators alone, whatever somebody may do in an organisation", async () => {
  const { as, ctx } = await createTestOrganization(database);
  for (const { actor } of [as("owner"), ctx]) {
    await expect(readFigures({ actor, database, clock })).rejects.toMatchObject({ code: "forbidden" });
    await expect(listDifferences({ actor, database })).rejects.toMatchObject({ code: "forbidden" });
  }
});
