import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { readMessage } from "@/lib/adapters/vapi";
import { createConnection } from "@/lib/connections";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { memoryBlobs } from "@/tests/voice-app";
import { copyRecording } from "./copy-recording";
import { createFollowUp } from "./create-follow-up";
import { applyRetention, deleteErasedRecording, eraseCall, eraseContactCalls } from "./erase-call";
import type { VoiceProvider } from "./ports";
import { processInbox } from "./process-inbox";
import { receiveEvent } from "./receive-event";
import { receiveToolCalls } from "./receive-tool-calls";

const SECRET = "Maya Patel said something private";

describe("erasing a call", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  async function callOf(startedAt: string) {
    const { ctx, orgId, as } = await createTestOrganization(database, { now: "2026-11-20T12:00:00Z" });
    const { connectionId } = await createConnection(ctx, { name: "Vapi", mode: "live" });
    const source = { id: connectionId, agentId: null, timeZone: "UTC", agentLabel: "Agent" };
    const call = {
      id: "c",
      type: "inboundPhoneCall",
      createdAt: startedAt,
      startedAt,
      endedAt: startedAt,
      status: "ended",
    };
    const customer = { number: "+12025550123", name: "Maya Patel" };
    const send = async (message: object) => {
      const payload = { message: { ...message, call, customer } };
      const raw = JSON.stringify(payload);
      return receiveEvent(ctx, source, { raw, message: readMessage(payload, raw) });
    };
    const artifact = {
      messages: [{ role: "user", message: SECRET, secondsFromStart: 1 }],
      recordingUrl: "https://x.example/r",
    };
    await send({ type: "transcript", role: "user", transcriptType: "final", transcript: SECRET });
    const tools = {
      message: {
        type: "tool-calls",
        call,
        customer,
        toolCallList: [{ id: "t", name: "x", arguments: { note: SECRET } }],
      },
    };
    await receiveToolCalls(
      ctx,
      source,
      { raw: JSON.stringify(tools), message: readMessage(tools, "") },
      async (scope, _request, { callId, contactId }) => {
        await createFollowUp(scope, {
          kind: "message",
          text: SECRET,
          callId,
          contactId,
          callerName: "Maya",
          callerPhone: "+12025550123",
        });
        return { status: "ok", say: SECRET, data: null };
      },
    );
    await send({ type: "end-of-call-report", artifact, analysis: { summary: SECRET } });
    const rows = async (query: ReturnType<typeof sql>) =>
      (await withTenant(database, orgId, (tx) => tx.execute(query))).rows as Record<string, unknown>[];
    const [row] = await rows(sql`select id, contact_id from calls`);
    const blobs = memoryBlobs();
    const provider: VoiceProvider = {
      getCall: async () => undefined,
      downloadRecording: async () => ({ bytes: new Uint8Array([1, 2, 3]), contentType: "audio/mpeg" }),
    };
    const callId = String(row?.id);
    await copyRecording(ctx, callId, { provider, blobs });
    const everything = async () =>
      JSON.stringify(
        await rows(sql`
          select (select jsonb_agg(to_jsonb(x)) from calls x) as a, (select jsonb_agg(to_jsonb(x)) from turns x) as b,
            (select jsonb_agg(to_jsonb(x)) from tool_calls x) as c, (select jsonb_agg(to_jsonb(x)) from inbox_events x) as d,
            (select jsonb_agg(to_jsonb(x)) from events x where subject_id = ${callId}) as e,
            (select jsonb_agg(to_jsonb(x)) from follow_ups x) as f, (select jsonb_agg(to_jsonb(x)) from audit_entries x) as g`),
      );
    return { ctx, as, rows, blobs, callId, contactId: String(row?.contact_id), everything, send };
  }

  const now = "2026-11-20T11:00:00.000Z";

  it("leaves nothing of what was said, and no file", async () => {
    const { ctx, rows, blobs, callId, everything, send } = await callOf(now);
    expect(await everything()).toContain(SECRET);
    expect(blobs.held.size).toBe(1);
    await eraseCall(ctx, callId);
    await deleteErasedRecording(ctx, callId, blobs);
    await deleteErasedRecording(ctx, callId, blobs);
    expect(await everything()).not.toMatch(/private|2025550123/);
    expect(blobs.held.size).toBe(0);
    expect(await rows(sql`select status, outcome, erased_at is not null as erased from calls`)).toEqual([
      { status: "ended", outcome: "answered", erased: true },
    ]);
    await send({ type: "transcript", role: "user", transcriptType: "final", transcript: `${SECRET} again` });
    expect(await everything()).not.toContain("private");
    await eraseCall(ctx, callId);
    expect(await rows(sql`select count(*)::int as n from events where kind = 'call.erased'`)).toEqual([{ n: 1 }]);
  });

  it("ends a call that is still running, and says so once", async () => {
    const { ctx, rows, contactId } = await callOf(now);
    await rows(sql`update calls set status = 'in_progress', ended_at = null, outcome = null, reported = false`);
    await rows(sql`delete from events where kind = 'call.ended'`);
    expect(await eraseContactCalls(ctx, contactId)).toBe(1);
    expect(await rows(sql`select status, outcome, ended_at = updated_at as "endsNow" from calls`)).toEqual([
      { status: "ended", outcome: "answered", endsNow: true },
    ]);
    expect(await rows(sql`select payload from events where kind = 'call.ended'`)).toEqual([
      { payload: { outcome: "answered", endedReason: null } },
    ]);
  });

  it("happens to every call of a contact that is erased", async () => {
    const { ctx, contactId, everything } = await callOf(now);
    expect(await eraseContactCalls(ctx, contactId)).toBe(1);
    expect(await eraseContactCalls(ctx, contactId)).toBe(0);
    expect(await everything()).not.toContain("private");
  });

  it("happens by itself once the organisation's days are over, and not before", async () => {
    const kept = await callOf(now);
    expect(await applyRetention(kept.ctx)).toBe(0);
    expect(await kept.everything()).toContain(SECRET);
    const old = await callOf("2025-11-19T11:00:00.000Z");
    expect(await applyRetention(old.ctx)).toBe(1);
    expect(await applyRetention(old.ctx)).toBe(0);
    expect(await old.everything()).not.toContain("private");
  });

  it("is for those who may", async () => {
    const { as, callId } = await callOf(now);
    await expect(eraseCall(as("member"), callId)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("of which the provider has no recording says so and gives up after a while", async () => {
    const { ctx, rows, callId, blobs } = await callOf(now);
    await rows(sql`update recordings set state = 'pending', attempts = 0`);
    const provider: VoiceProvider = { getCall: async () => undefined, downloadRecording: async () => undefined };
    for (let attempt = 1; attempt <= 6; attempt++) {
      await expect(copyRecording(ctx, callId, { provider, blobs })).rejects.toThrow(/no recording/);
      expect(await rows(sql`select state, attempts from recordings`)).toEqual([
        { state: attempt < 6 ? "pending" : "failed", attempts: attempt },
      ]);
    }
    expect(await rows(sql`select count(*)::int as n from events where kind = 'recording.failed'`)).toEqual([{ n: 1 }]);
  });
});

describe("a message that cannot be applied", () => {
  it("is kept with its error and applied later, once", async () => {
    const database = await pgliteDatabase();
    const { ctx, orgId } = await createTestOrganization(database);
    const { connectionId } = await createConnection(ctx, { name: "Vapi", mode: "live" });
    const source = { id: connectionId, agentId: null, timeZone: "UTC", agentLabel: "Agent" };
    const rows = async (query: ReturnType<typeof sql>) =>
      (await withTenant(database, orgId, (tx) => tx.execute(query))).rows as Record<string, unknown>[];
    const payload = {
      message: { type: "transcript", role: "user", transcriptType: "final", transcript: "break", call: { id: "c" } },
    };
    const raw = JSON.stringify(payload);
    const parse = (text: string) => readMessage(JSON.parse(text), text);
    await database.db.execute(sql`alter table turns add constraint turns_broken check (text <> 'break')`);
    expect(await receiveEvent(ctx, source, { raw, message: parse(raw) })).toBe("kept");
    expect(await receiveEvent(ctx, source, { raw, message: parse(raw) })).toBe("duplicate");
    const [kept] = await rows(sql`select id, processed_at, attempts, error from inbox_events`);
    expect(kept).toMatchObject({ processed_at: null, attempts: 1, error: expect.stringMatching(/turns_broken/) });
    const inboxId = String(kept?.id);
    await expect(processInbox(ctx, inboxId, parse)).rejects.toThrow();
    expect(await rows(sql`select attempts from inbox_events`)).toEqual([{ attempts: 2 }]);
    await database.db.execute(sql`alter table turns drop constraint turns_broken`);
    expect(await processInbox(ctx, inboxId, parse)).toBe("applied");
    expect(await processInbox(ctx, inboxId, parse)).toBe("skipped");
    expect(await rows(sql`select text from turns`)).toEqual([{ text: "break" }]);
    expect(await rows(sql`select error, processed_at is not null as processed from inbox_events`)).toEqual([
      { error: null, processed: true },
    ]);
  });
});
