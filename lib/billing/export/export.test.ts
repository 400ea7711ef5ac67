import { beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { invoiceLines, invoices } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { createAgent } from "@/lib/agents";
import { type Line, postEntries } from "@/lib/ledger";
import { newId } from "@/lib/platform/ids";
import { anyDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { countUsage, exportInvoices, exportLedger, exportUsage, RULE_VERSION } from "..";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});

async function whole(pages: AsyncIterable<string>): Promise<string[]> {
  let text = "";
  for await (const page of pages) text += page;
  return text.trimEnd().split("\r\n");
}

const at = (day: number) => new Date(Date.UTC(2026, 10, day, 10));

async function business() {
  const organization = await createTestOrganization(database, { now: "2026-11-20T12:00:00Z" });
  const { orgId, ctx } = organization;
  const line: Line = {
    debit: "billing.receivable",
    credit: "billing.overage_revenue",
    unit: "KWD" as Line["unit"],
    amount: 1_250n,
  };
  const lines = Array.from({ length: 1_001 }, () => line);
  await postEntries(ctx, { cause: { kind: "invoice", id: "in_1" }, effectiveAt: at(3), lines });
  const agent = await createAgent(ctx, { name: '=HYPERLINK("x")', job: "front_desk" });
  const connectionId = await seedConnection(database, orgId);
  const call = { connectionId, agentId: agent.id, toNumber: "+12025550100", reported: true, costMicros: 93_500 };
  await countUsage(
    ctx,
    await seedCall(database, orgId, { ...call, startedAt: at(4), endedAt: new Date(+at(4) + 90_000) }),
  );
  const invoiceId = newId("invoice");
  await withTenant(database, orgId, async (tx) => {
    await tx.insert(invoices).values({
      ...{
        id: invoiceId,
        orgId,
        ref: `in_${orgId}`,
        number: "A-1",
        status: "paid",
        reason: "subscription_update",
        currency: "USD",
      },
      ...{ subtotal: 4_000n, tax: 0n, total: 4_000n, amountDue: 4_000n, amountPaid: 4_000n, readingNo: 1n },
      ...{ periodStartsAt: at(1), periodEndsAt: at(1), issuedAt: at(1), paidAt: at(1) },
    });
    const both = {
      orgId,
      invoiceId,
      plan: "starter",
      planVersion: 1,
      quantity: 1n,
      periodStartsAt: at(1),
      periodEndsAt: at(30),
    };
    await tx.insert(invoiceLines).values([
      { ...both, position: 0, ref: "il_0", kind: "proration", description: "@unused, time", amount: -9_505n },
      { ...both, position: 1, ref: "il_1", kind: "plan", description: "Growth", amount: 13_505n },
    ]);
  });
  return organization;
}

it("what an organisation was billed leaves with it: every line, with exact amounts, nobody else's, and nothing that runs", async () => {
  const [{ as, ctx }] = await Promise.all([business(), business()]);
  const bill = await whole(exportInvoices(as("owner")));
  expect(bill).toHaveLength(3);
  expect(bill[1]).toContain(`,USD,0,proration,"'@unused, time",starter 1,1,-95.05,2026-11-01T10:00:00.000Z,`);
  expect(bill[2]).toContain(",USD,1,plan,Growth,starter 1,1,135.05,");
  expect(bill[2]).toMatch(/,0\.00,40\.00,40\.00$/);
  const usage = await whole(exportUsage(as("admin"), { timeZone: "America/New_York" }));
  expect(usage).toHaveLength(2);
  expect(usage[1]).toContain(`,2026-11-04 05:01:30,"'=HYPERLINK(""x"")",'+12025550100,90,2,,${RULE_VERSION},0.093500,`);
  const ledger = await whole(exportLedger(ctx));
  expect(ledger).toHaveLength(1 + 1_001 + 2);
  expect(new Set(ledger).size).toBe(ledger.length);
  expect(ledger[1]).toContain(",billing.receivable,billing.overage_revenue,1.250,KWD,invoice,in_1,0,");
  expect(ledger.at(-1)).toMatch(/,0\.093500,usd_micros,call,|,2,minutes,call,/);
  expect(() => exportLedger(as("member"))).toThrow(/role/);
});
