import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { subscriptions } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { startVapiEmulator, type VapiEmulator } from "@/emulators/vapi";
import { createAgent, jobDefaults } from "@/lib/agents";
import { countUsage, readStanding, startTrial } from "@/lib/billing";
import type { ResolvedConnection } from "@/lib/connections";
import { postEntries } from "@/lib/ledger";
import type { JobRef } from "@/lib/platform/jobs";
import { anyDatabase } from "@/tests/database";
import { seedCall } from "@/tests/seed-call";
import { openBusiness, serveWebhook, voiceApp } from "@/tests/voice-app";
import type { App } from "./app";
import { billingSubscriptions } from "./billing-workers";
import { provisionEmulated } from "./emulated-connection";
import { answerWithAssistant } from "./vapi-assistant";

let database: Database;
let emulator: VapiEmulator;
const dataDir = mkdtempSync(path.join(tmpdir(), "caly-limited-"));
beforeAll(async () => {
  database = await anyDatabase();
  emulator = await startVapiEmulator({ port: 0, dataDir });
});
afterAll(async () => {
  await emulator?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = async (address: string, body?: object) => {
  const response = await fetch(`${emulator.url}${address}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: "Bearer emulated", "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (await response.json()) as Record<string, unknown> & { id: string };
};

/** An agent that books and was never given take_message. */
async function business() {
  const open = await openBusiness(database, { transferNumber: "+12025550177" });
  const tools = jobDefaults.front_desk.tools.filter((tool) => tool !== "take_message");
  const agent = await createAgent(open.ctx, { name: "Booker", job: "front_desk", settings: { tools: tools as never } });
  const webhook = await serveWebhook(() => app);
  const app = voiceApp(database, open.ctx.keys, { appUrl: webhook.url, emulatorUrl: emulator.url });
  const { phoneNumberId, connectionId } = await provisionEmulated(app, open.ctx, { agentId: agent.id });
  const place = async (scenario: string) => {
    const { id } = await ask("/_emulator/calls", { phoneNumberId, speed: 0, speech: "estimated", scenario });
    await ask(`/_emulator/calls/${id}?waitMs=60000`);
    const [call] = await open.rows(sql`select * from calls where external_id = ${id}`);
    if (!call) throw new Error("no call");
    return call as Record<string, unknown> & { id: string };
  };
  const use = (minutes: bigint, id: string) =>
    postEntries(open.ctx, {
      cause: { kind: "call", id },
      effectiveAt: new Date(),
      lines: [{ debit: "billing.minutes_used", credit: "billing.minutes_given", unit: "minutes", amount: minutes }],
    });
  const change = (row: Partial<typeof subscriptions.$inferInsert>) =>
    withTenant(database, open.orgId, (tx) =>
      tx.update(subscriptions).set(row).where(eq(subscriptions.orgId, open.orgId)),
    );
  return { ...open, place, use, change, connectionId, close: webhook.close };
}

it("callers of a limited organisation are told at once and can leave a message; who recovers books again", async () => {
  const { ctx, as, place, use, change, rows, close } = await business();
  await startTrial(ctx);
  expect(await place("booking")).toMatchObject({ outcome: "booked" });
  await use(60n, "an hour of calls");
  expect((await readStanding(as("viewer")))?.standing).toEqual({
    ...{ state: "limited", because: "trial_minutes_used", until: null },
  });
  const limited = await place("message");
  expect(limited).toMatchObject({ status: "ended", outcome: "message", is_limited: true });
  const count = async (callId: string) => {
    await countUsage(ctx, callId);
    const [record] = await rows(sql`select minutes, unbilled from usage_records where call_id = ${callId}`);
    return record;
  };
  expect(await count(limited.id)).toEqual({ minutes: 0, unbilled: "limited" });
  expect(limited.transcript).toMatch(/Thank you for calling Test Salon.*I can take a message/);
  expect(await rows(sql`select kind, caller_phone from follow_ups where call_id = ${limited.id}`)).toMatchObject([
    { kind: "message" },
  ]);
  expect(await place("transfer")).toMatchObject({ outcome: "transferred" });
  const before = await rows(sql`select id from bookings`);
  expect((await place("booking")).outcome).not.toBe("booked");
  expect(await rows(sql`select id from bookings`)).toEqual(before);
  // What was in the trial is not charged, nor counted against the plan.
  const now = new Date();
  await change({ status: "active", subscriptionRef: `sub_${ctx.orgId}`, billedFrom: now, periodStartsAt: now });
  expect((await readStanding(ctx))?.standing).toEqual({ state: "active", until: null });
  const free = await place("booking");
  expect(free).toMatchObject({ outcome: "booked", is_limited: false });
  expect(await count(free.id)).toMatchObject({ unbilled: null });
  close();
});

it("more calls at once than the plan allows are answered too, with a message", async () => {
  const { ctx, orgId, connectionId, place, close } = await business();
  await startTrial(ctx);
  const startedAt = new Date();
  for (let n = 0; n < 10; n++) await seedCall(database, orgId, { connectionId, status: "in_progress", startedAt });
  expect((await place("message")).transcript).toMatch(/I can take a message/);
  await withTenant(database, orgId, (tx) => tx.execute(sql`update calls set status = 'ended' where status <> 'ended'`));
  expect((await place("hours-question")).transcript).not.toMatch(/I can take a message/);
  close();
});

it("in another language than English the agent finds the first words itself", async () => {
  const { ctx, orgId, use, connectionId, close } = await business();
  const spanish = await createAgent(ctx, { name: "Recepción", job: "front_desk", settings: { language: "es" } });
  await startTrial(ctx);
  const connection = { id: connectionId, orgId, agentId: spanish.id, webhookAuth: { method: "hmac" }, secrets: {} };
  const answer = async () => {
    const given = await answerWithAssistant(ctx, connection as unknown as ResolvedConnection, {
      appUrl: "https://caly.example",
      externalId: undefined,
    });
    return (given.answer as { assistant: Record<string, unknown> }).assistant;
  };
  expect(await answer()).toMatchObject({
    firstMessageMode: "assistant-speaks-first",
    firstMessage: expect.stringMatching(/^Thank you/),
  });
  await use(60n, "an hour of calls");
  const limited = await answer();
  expect(limited.firstMessageMode).toBe("assistant-speaks-first-with-model-generated-message");
  expect(limited).not.toHaveProperty("firstMessage");
  expect(JSON.stringify(limited.model)).toMatch(/Speak Spanish.*Greet the caller in the business's name/);
  close();
});

it("an organisation's trial starts wherever billing is configured, and nowhere else", async () => {
  const { ctx, orgId, close } = await business();
  const told = { orgId, subjectId: orgId, eventId: "evt" } as JobRef;
  const found = (env: object) =>
    billingSubscriptions["start-trial"]?.run(
      { ...voiceApp(database, ctx.keys), env: { mode: "deployed", ...env } } as unknown as App,
      told,
      new AbortController().signal,
    );
  await found({ stripe: {} });
  expect(await readStanding(ctx)).toBeUndefined();
  await found({ stripe: { secretKey: "sk_live_x" } });
  expect((await readStanding(ctx))?.standing).toMatchObject({ state: "trial" });
  close();
});
