import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { startVapiEmulator, type VapiEmulator } from "@/emulators/vapi";
import { applyProposal, countUsage, type ProviderCosts, reconcileBilling, type TakeCost } from "@/lib/billing";
import { copyRecording, reconcileCall } from "@/lib/calls";
import { createConnection, markConnectionSeen, webhookUrl } from "@/lib/connections";
import { fixedClock } from "@/lib/platform/clock";
import { seal } from "@/lib/platform/crypto";
import { providerCosts } from "@/lib/wiring/billing-workers";
import { costTaker } from "@/lib/wiring/cost-taker";
import { provisionEmulated } from "@/lib/wiring/emulated-connection";
import { voiceProviderFor } from "@/lib/wiring/voice-provider";
import { emptyPgliteDatabase, postgresDatabase, postgresUnavailable } from "./database";
import { testContext } from "./organization";
import { openBusiness, serveWebhook, voiceApp } from "./voice-app";

const engines = [
  ["PGlite", emptyPgliteDatabase, undefined],
  ["PostgreSQL", postgresDatabase, postgresUnavailable()],
] as const;

for (const [engine, open, unavailable] of engines) {
  describe.skipIf(unavailable)(`calls of the emulator on ${engine}`, () => {
    const dataDir = mkdtempSync(path.join(tmpdir(), "caly-calls-"));
    let database: Database;
    let emulator: VapiEmulator;
    let business: Awaited<ReturnType<typeof openBusiness>>;
    let app: ReturnType<typeof voiceApp>;
    let webhook: Awaited<ReturnType<typeof serveWebhook>>;
    let phoneNumberId: string;
    let connectionId: string;

    beforeAll(async () => {
      database = await open();
      emulator = await startVapiEmulator({ port: 0, dataDir });
      business = await openBusiness(database, { transferNumber: "+12025550177" });
      webhook = await serveWebhook(() => app);
      app = voiceApp(database, business.ctx.keys, { appUrl: webhook.url, emulatorUrl: emulator.url });
      ({ phoneNumberId, connectionId } = await provisionEmulated(app, business.ctx, { agentId: business.agent.id }));
    });
    afterAll(async () => {
      webhook?.close();
      await emulator?.close();
      rmSync(dataDir, { recursive: true, force: true });
    });

    const api = async (address: string, body?: object) => {
      const response = await fetch(`${emulator.url}${address}`, {
        method: body ? "POST" : "GET",
        headers: { authorization: "Bearer emulated", "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return (await response.json()) as Record<string, unknown> & { id: string; isDone?: boolean };
    };
    async function place(order: object) {
      const { id } = await api("/_emulator/calls", { phoneNumberId, speed: 0, speech: "estimated", ...order });
      const { isDone } = await api(`/_emulator/calls/${id}?waitMs=60000`);
      expect(isDone).toBe(true);
      const deliveries = (await api(`/_emulator/calls/${id}/deliveries`)) as unknown as {
        problem?: string;
        status?: number;
        kind: string;
      }[];
      expect(deliveries.filter((delivery) => delivery.problem)).toEqual([]);
      expect(
        deliveries.filter(
          (delivery) => delivery.kind !== "forged" && delivery.status !== undefined && delivery.status !== 200,
        ),
      ).toEqual([]);
      const [call] = await business.rows(sql`select * from calls where external_id = ${id}`);
      return { id, call: call as Record<string, unknown> & { id: string } };
    }

    it.each([
      ["booking", "booked"],
      ["message", "message"],
      ["transfer", "transferred"],
      ["hours-question", "answered"],
      ["hang-up", "answered"],
      ["interrupted", "booked"],
      ["taken", "booked"],
      ["assistant-fails", "failed"],
    ])("%s ends as %s", async (scenario, outcome) => {
      const { call } = await place({ scenario });
      expect(call).toMatchObject({ status: "ended", reported: true, outcome, reconcile_after: null });
      const turns = await business.rows(
        sql`select role, text, source from turns where call_id = ${call.id} order by offset_ms`,
      );
      expect(turns.length).toBeGreaterThan(1);
      expect(new Set(turns.map((turn) => turn.source))).toEqual(new Set(["report"]));
      expect(call.transcript).toContain("Agent: Thank you for calling Test Salon");
      const tools = await business.rows(sql`select name, status, result from tool_calls where call_id = ${call.id}`);
      expect(tools.filter((tool) => tool.status === "failed" || tool.result === null)).toEqual([]);
      expect(Number(call.cost_micros)).toBeGreaterThan(0);
    });

    it("a cost that the provider tells otherwise is found at night, and stays until the provider says the same", async () => {
      const { call } = await place({ scenario: "message" });
      const ctx = testContext(database, business.orgId, {
        clock: fixedClock(new Date(Date.now() + 3 * 3_600_000)),
      });
      const real = BigInt(String(call.cost_micros));
      const span = { from: new Date(Date.now() - 86_400_000), to: ctx.clock.now() };
      const noEngine = {} as Parameters<typeof reconcileBilling>[1];
      const nightly = async (cost: bigint, provider?: ProviderCosts) => {
        await withTenant(database, business.orgId, (tx) =>
          tx.execute(sql`update calls set cost_micros = ${cost.toString()}::bigint where id = ${call.id}`),
        );
        await countUsage(ctx, call.id);
        await reconcileBilling(ctx, noEngine, span, provider);
        return business.rows(
          sql`select facts, is_open from billing_items where kind = 'cost_differs' and subject = ${call.id} order by found_at`,
        );
      };
      const asked = providerCosts(app, ctx);
      const facts = { call: (real / 2n).toString(), provider: real.toString() };
      expect(await nightly(real / 2n, asked)).toMatchObject([{ is_open: true, facts }]);
      expect(await nightly(real, () => Promise.reject(new Error("away")))).toMatchObject([{ is_open: true }]);
      expect(await nightly(real, asked)).toMatchObject([{ is_open: false }]);
      await nightly(real / 2n, asked);
      const [item] = await business.rows(sql`select id from billing_items where is_open and subject = ${call.id}`);
      const apply = (takeCost?: TakeCost) => applyProposal(ctx, noEngine, String(item?.id), takeCost);
      expect(await apply()).toMatchObject({ ok: false, reason: "unreachable" });
      expect(await apply(costTaker(app, ctx))).toMatchObject({ ok: true, value: "counted" });
      const [taken] = await business.rows(sql`select cost_micros, cost_breakdown from calls where id = ${call.id}`);
      expect([String(taken?.cost_micros), taken?.cost_breakdown]).toEqual([real.toString(), call.cost_breakdown]);
      await reconcileBilling(ctx, noEngine, span, asked);
      expect(await business.rows(sql`select id from billing_items where is_open and subject = ${call.id}`)).toEqual([]);
    });

    it("a call that the provider says was longer or shorter than was charged is found at night", async () => {
      const { call } = await place({ scenario: "message" });
      const ctx = testContext(database, business.orgId, { clock: fixedClock(new Date(Date.now() + 3 * 3_600_000)) });
      const span = { from: new Date(Date.now() - 86_400_000), to: ctx.clock.now() };
      const nightly = async (minutes: number, provider?: ProviderCosts) => {
        await withTenant(database, business.orgId, (tx) =>
          tx.execute(
            sql`update calls set answered_at = answered_at - make_interval(mins => ${minutes}) where id = ${call.id}`,
          ),
        );
        await countUsage(ctx, call.id);
        await reconcileBilling(ctx, {} as Parameters<typeof reconcileBilling>[1], span, provider);
        return business.rows(
          sql`select kind, facts->'minutes' as minutes from billing_items where is_open and subject = ${call.id}`,
        );
      };
      const asked = providerCosts(app, ctx);
      expect(await nightly(0, asked)).toEqual([]);
      expect(await nightly(2, asked)).toEqual([{ kind: "length_differs", minutes: -2 }]);
      expect(await nightly(-2)).toHaveLength(1);
      expect(await nightly(0, asked)).toEqual([]);
    });

    it("books once however often, late and disordered its messages come", async () => {
      const before = await business.rows(sql`select count(*)::int as n from bookings where status = 'confirmed'`);
      const faults = [
        { type: "duplicate", copies: 2, afterMs: 0 },
        { type: "reorder", p: 0.6, window: 5 },
      ];
      const { call } = await place({ scenario: "booking", faults, variables: { day: "tomorrow" } });
      expect(call).toMatchObject({ status: "ended", outcome: "booked", reported: true });
      const after = await business.rows(sql`select count(*)::int as n from bookings where status = 'confirmed'`);
      expect(Number(after[0]?.n) - Number(before[0]?.n)).toBe(1);
      const [inbox] = await business.rows(
        sql`select count(*)::int as n, count(*) filter (where processed_at is null)::int as open from inbox_events where call_id = ${call.id}`,
      );
      expect(inbox?.open).toBe(0);
    });

    it("takes many calls at once, with every fault on the line, and none is lost, doubled or left live", async () => {
      const before = await business.rows(sql`select count(*)::int as n from bookings where status = 'confirmed'`);
      const faults = [
        { type: "duplicate", p: 0.4, afterMs: 5 },
        { type: "reorder", p: 0.4, window: 4 },
        { type: "delay", p: 0.2, minMs: 1, maxMs: 60 },
        { type: "disconnect", p: 0.5 },
        { type: "wrong-secret", p: 0.2 },
      ];
      const days = ["tomorrow", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
      const calls = await Promise.all(
        // PGlite takes one statement at a time: more calls only wait for each other.
        Array.from({ length: engine === "PGlite" ? 6 : 16 }, (_, n) =>
          place({
            scenario: "booking",
            faults,
            seed: 100 + n,
            redeliver: { maxMs: 5000 },
            customer: { number: `+1202555${String(1000 + n)}`, name: `Caller ${n}` },
            variables: { day: days[n % days.length] },
          }),
        ),
      );
      expect(new Set(calls.map(({ call }) => `${call.status} ${call.reported}`))).toEqual(new Set(["ended true"]));
      const booked = calls.filter(({ call }) => call.outcome === "booked").length;
      const after = await business.rows(sql`select count(*)::int as n from bookings where status = 'confirmed'`);
      expect(Number(after[0]?.n) - Number(before[0]?.n)).toBe(booked);
      expect(booked).toBeGreaterThan(0);
      expect(await business.rows(sql`select 1 from inbox_events where processed_at is null`)).toEqual([]);
    });

    it("believes a signed line, whose credential hangs on the number because an assistant cannot carry it", async () => {
      const credential = await api("/credential", {
        provider: "custom-credential",
        authenticationPlan: {
          type: "hmac",
          secretKey: "signing-key",
          algorithm: "sha256",
          signatureHeader: "x-vapi-signature",
          includeTimestamp: false,
          payloadFormat: "{body}",
          signatureEncoding: "hex",
        },
      });
      const { connectionId: signed } = await createConnection(business.ctx, {
        name: "Signed",
        mode: "live",
        agentId: business.agent.id,
        webhookAuth: { method: "hmac" },
      });
      await withTenant(database, business.orgId, (tx) =>
        tx.execute(
          sql`update connections set webhook_secret_enc = ${seal(business.ctx.keys.secrets, "signing-key", signed)} where id = ${signed}`,
        ),
      );
      const number = await api("/phone-number", {
        provider: "vapi",
        server: { url: webhookUrl(webhook.url, signed), credentialId: credential.id },
      });
      const { call } = await place({ phoneNumberId: number.id, scenario: "hours-question" });
      expect(call).toMatchObject({ connection_id: signed, status: "ended", outcome: "answered", reported: true });
    });

    it("learns of a call whose end was never told by asking the provider, and copies its recording", async () => {
      const faults = [
        { type: "drop", messages: ["end-of-call-report", "call.artifact.upload"] },
        { type: "drop", messages: ["status-update"] },
      ];
      const { call } = await place({ scenario: "hours-question", faults });
      expect(call).toMatchObject({ status: "in_progress", reported: false });
      const later = { ...business.ctx, clock: { now: () => new Date(Date.now() + 600_000) } };
      const provider = await voiceProviderFor(app, business.ctx, connectionId);
      expect(await reconcileCall(business.ctx, call.id, provider)).toBe("not_due");
      expect(await reconcileCall(later, call.id, provider)).toBe("reported");
      const [now] = await business.rows(sql`select * from calls where id = ${call.id}`);
      expect(now).toMatchObject({
        status: "ended",
        reported: true,
        outcome: "answered",
        ended_reason: "assistant-ended-call",
      });
      expect(await copyRecording(business.ctx, call.id, { provider, blobs: app.blobs })).toBe("stored");
      const [recording] = await business.rows(sql`select * from recordings where call_id = ${call.id}`);
      expect(recording).toMatchObject({ state: "stored", channels: 2, content_type: "audio/wav" });
      expect(Number(recording?.duration_ms)).toBeGreaterThan(2000);
      expect(await copyRecording(business.ctx, call.id, { provider, blobs: app.blobs })).toBe("nothing_to_do");
    });

    it("counts a call the provider does not know as ended", async () => {
      const { id, call } = await place({
        scenario: "hours-question",
        faults: [{ type: "drop", messages: ["end-of-call-report", "status-update"] }],
      });
      await fetch(`${emulator.url}/call/${id}`, { method: "DELETE", headers: { authorization: "Bearer emulated" } });
      const later = { ...business.ctx, clock: { now: () => new Date(Date.now() + 600_000) } };
      expect(await reconcileCall(later, call.id, await voiceProviderFor(app, business.ctx, connectionId))).toBe("gone");
      const [now] = await business.rows(
        sql`select status, ended_reason, reconcile_after from calls where id = ${call.id}`,
      );
      expect(now).toEqual({ status: "ended", ended_reason: "not-found", reconcile_after: null });
    });

    it("tells once that the first message has come, and keeps one line however often it is set up", async () => {
      const seen = async () =>
        (await business.rows(sql`select first_event_at, last_event_at from connections where id = ${connectionId}`))[0];
      const before = await seen();
      const later = new Date(Date.now() + 60_000);
      await markConnectionSeen({ ...business.ctx, clock: { now: () => later } }, connectionId);
      expect(before?.first_event_at).not.toBeNull();
      const after = await seen();
      expect(after?.first_event_at).toEqual(before?.first_event_at);
      expect(new Date(String(after?.last_event_at))).toEqual(later);
      const told = await business.rows(
        sql`select payload from events where kind = 'connection.received_first_event' and subject_id = ${connectionId}`,
      );
      expect(told).toHaveLength(1);
      const again = await provisionEmulated(app, business.ctx);
      expect(again).toMatchObject({ phoneNumberId, connectionId });
      expect(await business.rows(sql`select number from phone_numbers`)).toHaveLength(1);
    });
  });
}
