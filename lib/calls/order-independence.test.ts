import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { readMessage } from "@/lib/adapters/vapi";
import { createConnection } from "@/lib/connections";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import type { ToolRunner } from "./ports";
import { receiveEvent } from "./receive-event";
import { receiveToolCalls } from "./receive-tool-calls";

const start = Date.parse("2026-11-20T12:00:02.000Z");
const at = (seconds: number) => start + seconds * 1000;

function messagesOf(options: { hasReport: boolean; hasTurnsInReport: boolean }): object[] {
  const call = (status: string, more: object = {}) => ({
    id: "c",
    type: "inboundPhoneCall",
    status,
    createdAt: "2026-11-20T12:00:00.000Z",
    ...more,
  });
  const answered = { startedAt: new Date(start).toISOString() };
  const customer = { number: "+12025550123", name: "Maya" };
  const said = (role: string, text: string, second: number, transcriptType = "final") => ({
    type: "transcript",
    role,
    transcriptType,
    transcript: text,
    timestamp: at(second),
    call: call("in-progress", answered),
  });
  const tool = (second: number, ...ids: string[]) => ({
    type: "tool-calls",
    timestamp: at(second),
    call: call("in-progress", answered),
    toolCallList: ids.map((id) => ({
      id,
      type: "function",
      function: { name: "take_message", arguments: { message: "m" } },
    })),
  });
  const ended = { ...answered, endedAt: new Date(at(30)).toISOString() };
  return [
    { type: "assistant-request", timestamp: start - 1000, call: call("ringing"), customer },
    { type: "status-update", status: "in-progress", timestamp: start, call: call("in-progress", answered), customer },
    said("assistant", "Hello, how can I help?", 2),
    said("user", "A message", 4, "partial"),
    said("user", "A message, please.", 5),
    tool(6, "t1"),
    tool(6, "t1", "t2"),
    { type: "user-interrupted", turnId: "u1", timestamp: at(7), call: call("in-progress", answered) },
    said("assistant", "I have passed it on.", 9),
    {
      type: "speech-update",
      status: "stopped",
      role: "assistant",
      timestamp: at(9),
      call: call("in-progress", answered),
    },
    {
      type: "status-update",
      status: "ended",
      endedReason: "customer-ended-call",
      timestamp: at(30.4),
      call: call("ended", ended),
    },
    ...(options.hasReport
      ? [
          {
            type: "end-of-call-report",
            endedReason: "customer-ended-call",
            timestamp: at(31),
            ...ended,
            cost: 0.05,
            costs: [{ type: "vapi", cost: 0.05 }],
            analysis: { summary: "Left a message." },
            artifact: {
              recordingUrl: "https://storage.example/r.wav",
              messages: options.hasTurnsInReport
                ? [
                    { role: "bot", message: "Hello, how can I help?", secondsFromStart: 0.5, duration: 1500 },
                    { role: "user", message: "A message, please.", secondsFromStart: 3.2, duration: 1200 },
                  ]
                : [],
            },
            call: call("ended", ended),
          },
          {
            type: "call.artifact.upload",
            artifacts: [{ type: "recording-stereo", success: true }],
            timestamp: at(32),
            call: call("ended", ended),
          },
        ]
      : []),
  ].map((message) => ({ message }));
}

const run: ToolRunner = async () => ({ status: "ok", say: "Passed on.", data: null });

describe("a call", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  async function play(messages: readonly object[]) {
    const { ctx, orgId } = await createTestOrganization(database);
    const { connectionId } = await createConnection(ctx, { name: "Vapi", mode: "live" });
    const webhook = { ...ctx, actor: { kind: "webhook" as const, connectionId, provider: "vapi" } };
    const source = { id: connectionId, agentId: null, timeZone: "UTC", agentLabel: "Agent" };
    for (const payload of messages) {
      const raw = JSON.stringify(payload);
      const message = readMessage(payload, raw);
      if (message.body.kind === "tool_calls") await receiveToolCalls(webhook, source, { raw, message }, run);
      else await receiveEvent(webhook, source, { raw, message });
    }
    const rows = async (query: ReturnType<typeof sql>) =>
      (await withTenant(database, orgId, (tx) => tx.execute(query))).rows;
    return {
      calls: await rows(sql`
        select external_id, direction, kind, status, from_number, to_number, started_at, answered_at, ended_at, duration_seconds, ended_reason,
          outcome, summary, transcript, cost_micros, cost_breakdown, reported, needs_review, contact_id is not null as known,
          reconcile_after is null as settled from calls`),
      turns: await rows(
        sql`select role, text, offset_ms, duration_ms, source from turns order by offset_ms, role, text`,
      ),
      tools: await rows(sql`select external_id, name, status, offset_ms, result from tool_calls order by external_id`),
      recordings: await rows(sql`select state from recordings`),
      inbox: await rows(
        sql`select kind, count(*)::int as n from inbox_events where processed_at is not null group by kind order by kind`,
      ),
      once: await rows(
        sql`select kind, count(*)::int as n from events where kind in ('call.started', 'call.ended') group by kind order by kind`,
      ),
    };
  }

  it.each([
    ["with a report", { hasReport: true, hasTurnsInReport: true }],
    ["with a report that tells no turns", { hasReport: true, hasTurnsInReport: false }],
    ["without a report", { hasReport: false, hasTurnsInReport: false }],
  ])("%s ends the same in whatever order and however often its messages come", async (_name, options) => {
    const messages = messagesOf(options);
    const expected = await play(messages);
    expect(expected.calls[0]).toMatchObject({
      status: "ended",
      outcome: "message",
      duration_seconds: 30,
      from_number: "+12025550123",
      known: true,
      reported: options.hasReport,
      settled: options.hasReport,
    });
    expect(expected.turns).toHaveLength(options.hasTurnsInReport ? 2 : 3);
    expect(expected.tools).toHaveLength(2);
    expect(expected.once).toEqual([
      { kind: "call.ended", n: 1 },
      { kind: "call.started", n: 1 },
    ]);
    const order = fc
      .tuple(
        fc.shuffledSubarray(messages, { minLength: messages.length }),
        fc.array(fc.nat({ max: messages.length - 1 }), { maxLength: 6 }),
        fc.array(fc.nat({ max: messages.length }), { minLength: 6, maxLength: 6 }),
      )
      .map(([shuffled, again, places]) => {
        const out = [...shuffled];
        for (const [index, which] of again.entries()) out.splice(places[index] ?? 0, 0, shuffled[which] ?? {});
        return out;
      });
    await fc.assert(
      fc.asyncProperty(order, async (permuted) => {
        expect(await play(permuted)).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  });
});
