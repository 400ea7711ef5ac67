import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { calls, inboxEvents, toolCalls, usageRecords } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { createAgent } from "@/lib/agents";
import { eraseCall } from "@/lib/calls";
import { listBalances, sumPeriod } from "@/lib/ledger";
import { updateOrganization } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { pgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { countUsage, readStanding, startTrial } from ".";

let database: Database;
beforeAll(async () => {
  database = postgresUnavailable() ? await pgliteDatabase() : await postgresDatabase();
});

const at = (time: string) => new Date(`2026-11-20T${time}Z`);

async function business() {
  const organization = await createTestOrganization(database, { now: "2026-11-20T12:00:00Z" });
  const { orgId } = organization;
  const connectionId = await seedConnection(database, orgId);
  const add = (row: Partial<typeof calls.$inferInsert> = {}) =>
    seedCall(database, orgId, { connectionId, reported: true, startedAt: at("10:00:00"), ...row });
  const change = (id: string, row: Partial<typeof calls.$inferInsert>) =>
    withTenant(database, orgId, (tx) => tx.update(calls).set(row).where(eq(calls.id, id)));
  const records = (callId: string) =>
    withTenant(database, orgId, (tx) =>
      tx.select().from(usageRecords).where(eq(usageRecords.callId, callId)).orderBy(usageRecords.revision),
    );
  return { ...organization, add, change, records };
}

const minutesOf = async (ctx: Context) =>
  (await listBalances(ctx)).find(({ account }) => account === "billing.minutes_used")?.net ?? 0n;

it("a call that ended is counted once, however often and by however many at once it is counted", async () => {
  const { ctx, add, records } = await business();
  const callId = await add({ endedAt: at("10:02:30"), costMicros: 41_250 });
  const results = await Promise.all(Array.from({ length: 6 }, () => countUsage(ctx, callId)));
  expect(results.filter((result) => result === "counted")).toHaveLength(1);
  expect(await countUsage(ctx, callId)).toBe("unchanged");
  expect(await records(callId)).toMatchObject([{ revision: 0, minutes: 3, seconds: 150, unbilled: null }]);
  expect(await listBalances(ctx)).toEqual([
    { account: "billing.minutes_given", unit: "minutes", net: -3n },
    { account: "billing.minutes_used", unit: "minutes", net: 3n },
    { account: "billing.provider_cost", unit: "usd_micros", net: 41_250n },
    { account: "billing.provider_payable", unit: "usd_micros", net: -41_250n },
  ]);
});

it("a report that comes late corrects the count by further entries, in the period the call was counted in", async () => {
  const { ctx, add, change, records } = await business();
  const callId = await add({ reported: false, endedAt: at("10:05:10") });
  expect(await countUsage(ctx, callId)).toBe("counted");
  await change(callId, { reported: true, endedAt: at("10:02:00"), costMicros: 9_000 });
  expect(await countUsage(ctx, callId)).toBe("corrected");
  expect(await countUsage(ctx, callId)).toBe("unchanged");
  await change(callId, { endedReason: "pipeline-error-openai-llm-failed" });
  expect(await countUsage(ctx, callId)).toBe("corrected");
  expect((await records(callId)).map(({ minutes, unbilled }) => [minutes, unbilled])).toEqual([
    [6, null],
    [2, null],
    [0, "our_failure"],
  ]);
  expect(await minutesOf(ctx)).toBe(0n);
  const hour = { from: at("10:00:00"), to: at("11:00:00") };
  const cost = { account: "billing.provider_cost", unit: "usd_micros" } as const;
  expect(await sumPeriod(ctx, { ...cost, ...hour })).toBe(9_000n);
  expect(await sumPeriod(ctx, { ...cost, from: hour.to, to: at("23:00:00") })).toBe(0n);
});

it("a call that got stuck counts in the period in which it was last heard of, not in that in which it was given up", async () => {
  const { ctx, add, change, records } = await business();
  const stuck = { reported: false, endedReason: "unknown", endedAt: at("11:30:00") };
  const callId = await add(stuck);
  expect(await countUsage(ctx, callId)).toBe("counted");
  expect(await records(callId)).toMatchObject([{ minutes: 0, effectiveAt: at("10:00:00") }]);
  await change(callId, { reported: true, endedReason: "customer-ended-call", endedAt: at("10:02:00") });
  expect(await countUsage(ctx, callId)).toBe("corrected");
  const hour = { from: at("10:00:00"), to: at("11:00:00") };
  expect(await sumPeriod(ctx, { account: "billing.minutes_used", unit: "minutes", ...hour })).toBe(2n);
  const silent = await add({ ...stuck, answeredAt: null });
  await countUsage(ctx, silent);
  expect(await records(silent)).toMatchObject([{ effectiveAt: at("11:30:00") }]);
});

it("what is not charged is recorded with its reason; what has not ended or is another's is not counted", async () => {
  const { ctx, add, records } = await business();
  const test = await add({ kind: "test", endedAt: at("10:09:00") });
  expect(await countUsage(ctx, test)).toBe("counted");
  expect(await records(test)).toMatchObject([{ minutes: 0, seconds: 540, unbilled: "test_call" }]);
  expect(await countUsage(ctx, await add({ status: "in_progress" }))).toBe("skipped");
  const other = await business();
  expect(await countUsage(ctx, await other.add())).toBe("skipped");
  expect(await minutesOf(ctx)).toBe(0n);
});

it("a report that nobody can have meant is charged by what was seen of the call", async () => {
  const { ctx, orgId, add, records } = await business();
  const told = async (endedAt: Date, endedReason: string | null = null) => {
    const callId = await add({ startedAt: at("11:50:00"), endedAt, endedReason });
    const [row] = await withTenant(database, orgId, (tx) => tx.select().from(calls).where(eq(calls.id, callId)));
    const inbox = { orgId, connectionId: row?.connectionId ?? "", callId, kind: "status-update", body: "{}" };
    const received = ["11:50:00", "11:53:30"].map((time) => ({
      id: newId("inbox"),
      dedupeKey: callId + time,
      receivedAt: at(time),
    }));
    await withTenant(database, orgId, (tx) =>
      tx.insert(inboxEvents).values(received.map((each) => ({ ...inbox, ...each }))),
    );
    const claim = { id: newId("toolCall"), orgId, callId, externalId: "t", name: "find_slots", arguments: {} };
    await withTenant(database, orgId, (tx) =>
      tx.insert(toolCalls).values({ ...claim, status: "ok", createdAt: at("11:53:00") }),
    );
    expect(await countUsage(ctx, callId)).toBe("counted");
    const [{ minutes, unbilled, effectiveAt } = { minutes: -1 }] = await records(callId);
    return { minutes, unbilled, effectiveAt };
  };
  const counted = { minutes: 3, unbilled: null, effectiveAt: at("11:53:00") };
  expect(await told(new Date("1971-01-01T00:00:00Z"))).toEqual(counted);
  expect(await told(at("11:50:02"), "pipeline-error-openai-llm-failed")).toEqual(counted);
  expect(await told(new Date("9999-01-01T00:00:00Z"))).toEqual({ ...counted, minutes: 9, effectiveAt: at("11:58:30") });
  expect(await told(at("11:53:20"), "pipeline-error-openai-llm-failed")).toMatchObject({ unbilled: "our_failure" });
});

it("an erased call is charged all the same, and ends with what was said in it if it was still running", async () => {
  const { ctx, add, change, records } = await business();
  await startTrial(ctx);
  const seen = { createdAt: at("10:00:00") };
  const ended = await add({ ...seen, endedAt: at("10:02:30") });
  const began = { status: "in_progress", startedAt: at("11:50:00"), answeredAt: null } as const;
  const running = await add({ ...seen, ...began, reported: false });
  expect((await readStanding(ctx))?.callsInProgress).toBe(1);
  for (const callId of [ended, running]) await eraseCall(ctx, callId);
  expect((await readStanding(ctx))?.callsInProgress).toBe(0);
  expect(await countUsage(ctx, ended)).toBe("counted");
  expect(await countUsage(ctx, running)).toBe("counted");
  expect(await records(running)).toMatchObject([{ minutes: 10, unbilled: null, effectiveAt: at("12:00:00") }]);
  await change(running, { endedReason: "pipeline-error" });
  expect(await countUsage(ctx, running)).toBe("unchanged");
  await change(running, { costMicros: 7_500 });
  expect(await countUsage(ctx, running)).toBe("corrected");
  expect(await countUsage(ctx, running)).toBe("unchanged");
  expect(await records(running)).toMatchObject([{}, { minutes: 10, unbilled: null, costMicros: 7_500n }]);
  expect(await listBalances(ctx)).toContainEqual({ account: "billing.provider_cost", unit: "usd_micros", net: 7_500n });
  expect(await minutesOf(ctx)).toBe(13n);
  await change(running, { status: "in_progress" });
  expect((await readStanding(ctx))?.callsInProgress).toBe(0);
});

it("a trial starts once, and limits what comes after it", async () => {
  const { ctx, as, orgId } = await business();
  const agent = (n: number) => createAgent(as("owner"), { name: `Agent ${n}`, job: "front_desk" });
  for (let n = 0; n < 11; n++) await agent(n);
  await updateOrganization(as("owner"), { retentionDays: 3650 });
  expect(await startTrial(ctx)).toBe("started");
  expect(await startTrial(ctx)).toBe("already");
  await expect(agent(11)).rejects.toThrow("Your plan, Growth, has 10 agents. Choose a larger plan for more.");
  await updateOrganization(as("owner"), { retentionDays: 3650, name: "What was before stays" });
  const rows = await withTenant(database, orgId, (tx) => tx.query.subscriptions.findMany());
  expect(rows).toMatchObject([{ plan: "growth", planVersion: 1, status: "trialing", currency: "USD" }]);
});
