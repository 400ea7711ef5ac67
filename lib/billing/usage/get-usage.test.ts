import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { calls, subscriptions } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { createAgent } from "@/lib/agents";
import { postEntries } from "@/lib/ledger";
import { money } from "@/lib/ledger/words";
import { anyDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { countUsage, getUsage, startTrial } from "..";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});

const NOW = "2026-11-20T15:00:00Z";

async function business() {
  const organization = await createTestOrganization(database, { now: NOW, timeZone: "America/New_York" });
  const { orgId, ctx } = organization;
  const connectionId = await seedConnection(database, orgId);
  const call = async (day: string, minutes: number, row: { agentId?: string; toNumber?: string } = {}) => {
    const startedAt = new Date(`2026-11-${day}`);
    const endedAt = new Date(startedAt.getTime() + minutes * 60_000);
    const callId = await seedCall(database, orgId, { connectionId, reported: true, startedAt, endedAt, ...row });
    await countUsage(ctx, callId);
    return callId;
  };
  const subscribe = (row: Partial<typeof subscriptions.$inferInsert> = {}) =>
    withTenant(database, orgId, (tx) =>
      tx.insert(subscriptions).values({
        orgId,
        plan: "starter",
        planVersion: 1,
        status: "active",
        currency: "USD",
        periodStartsAt: new Date("2026-11-14T10:00:00Z"),
        periodEndsAt: new Date("2026-12-14T10:00:00Z"),
        ...row,
      }),
    );
  const correct = async (callId: string, endedAt: Date) => {
    await withTenant(database, orgId, (tx) => tx.update(calls).set({ endedAt }).where(eq(calls.id, callId)));
    await countUsage(ctx, callId);
  };
  return { ...organization, call, subscribe, correct };
}

it("is nothing while billing is not configured, and only for who may read it", async () => {
  const { ctx, as } = await business();
  expect(await getUsage(ctx, { timeZone: "UTC" })).toBeUndefined();
  await expect(getUsage(as("member"), { timeZone: "UTC" })).rejects.toMatchObject({ code: "forbidden" });
});

it("counts the period's minutes to the day they ended on the business's wall, and charges those beyond the plan", async () => {
  const { as, call, subscribe } = await business();
  await subscribe();
  await call("13T09:00:00Z", 500); // before the period
  await call("14T09:30:00Z", 45); // ends in it
  await call("17T03:30:00Z", 200, { toNumber: "+12025550100" }); // the evening of the 16th there
  await call("19T15:00:00Z", 100, { toNumber: "+12025550101" });
  const usage = await getUsage(as("admin"), { timeZone: "America/New_York" });
  expect(usage).toMatchObject({ included: 300, used: 345, credit: 0n });
  expect(usage?.charge.now).toBe(45n * 25n);
  expect(usage?.days.map(({ date, minutes, cost }) => [date, minutes, cost])).toEqual([
    ["2026-11-14", 45, 1_455n],
    ["2026-11-15", 0, 0n],
    ["2026-11-16", 0, 0n],
    ["2026-11-17", 200, 6_467n],
    ["2026-11-18", 0, 0n],
    ["2026-11-19", 100, 1_778n + 45n * 25n],
    ["2026-11-20", 0, 0n],
  ]);
  expect(usage?.days.reduce((sum, { cost }) => sum + cost, 0n)).toBe(9_700n + 45n * 25n);
});

it("knows what is in hand for the next invoice, in the currency of the plan alone", async () => {
  const { ctx, as, subscribe } = await business();
  await subscribe();
  const give = (id: string, currency: string, amount: bigint) =>
    postEntries(ctx, {
      cause: { kind: "credit_note", id },
      effectiveAt: new Date(NOW),
      lines: [
        {
          debit: "billing.subscription_revenue",
          credit: "billing.credits",
          unit: money(amount, currency).currency,
          amount,
        },
      ],
    });
  await give("cn_1", "USD", 1_500n);
  await give("cn_2", "INR", 900n);
  expect((await getUsage(as("owner"), { timeZone: "UTC" }))?.credit).toBe(1_500n);
});

it("shares a day among agents and numbers, and a corrected call counts once, as it was corrected", async () => {
  const { ctx, as, call, subscribe, correct } = await business();
  await subscribe();
  const agent = await createAgent(ctx, { name: "Night desk", job: "front_desk" });
  await call("18T15:00:00Z", 30, { toNumber: "+12025550100", agentId: agent.id });
  const second = await call("18T16:00:00Z", 10, { toNumber: "+12025550101" });
  await correct(second, new Date("2026-11-18T16:04:00Z"));
  const usage = await getUsage(as("owner"), { timeZone: "UTC" });
  const [day] = usage?.days.filter(({ minutes }) => minutes > 0) ?? [];
  expect(usage?.used).toBe(34);
  expect(day?.shares.map(({ agentName, number, minutes }) => [agentName, number, minutes]).sort()).toEqual([
    [null, "+12025550101", 4],
    ["Night desk", "+12025550100", 30],
  ]);
  expect(day?.shares.reduce((sum, { cost }) => sum + cost, 0n)).toBe(day?.cost);
});

it("a trial's minutes cost nothing; a subscription that follows counts only what ended after it began", async () => {
  const { ctx, as, call } = await business();
  await startTrial(ctx);
  await call("20T14:50:00Z", 11);
  const trial = await getUsage(as("owner"), { timeZone: "UTC" });
  expect(trial).toMatchObject({ included: 60, used: 11, terms: undefined });
  expect(trial?.charge.high).toBe(0n);
  const other = await business();
  await other.subscribe({ billedFrom: new Date("2026-11-18T00:00:00Z") });
  await other.call("16T10:00:00Z", 20);
  await other.call("19T10:00:00Z", 7);
  expect((await getUsage(other.ctx, { timeZone: "UTC" }))?.used).toBe(7);
});
