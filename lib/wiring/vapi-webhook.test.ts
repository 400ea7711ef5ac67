import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { createAgent } from "@/lib/agents";
import { createConnection, rotateConnectionSecret } from "@/lib/connections";
import { systemClock } from "@/lib/platform/clock";
import type { AppError } from "@/lib/platform/errors";
import { problemOf } from "@/lib/platform/http/problem";
import { newId } from "@/lib/platform/ids";
import { MemoryKv } from "@/lib/platform/kv";
import { createLogger } from "@/lib/platform/logger";
import { MemoryRateLimiter } from "@/lib/platform/rate-limit";
import { pgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import type { App } from "./app";
import { rejectedWebhooks } from "./rejected-webhooks";
import { handleVapiWebhook } from "./vapi-webhook";

const fixtureFolder = path.resolve(process.cwd(), "../shared/contracts/fixtures/vapi");
const fixtures = (() => {
  try {
    return readdirSync(fixtureFolder).filter((name) => !/^rest\.|\.response\./.test(name));
  } catch {
    console.warn("the shared Vapi fixtures are not beside this folder: only our own payloads are posted");
    return [];
  }
})();
const fixture = (name: string) => readFileSync(path.join(fixtureFolder, name), "utf8");

const resultsOf = (answer: { json: Record<string, unknown> } | undefined) => answer?.json.results as object[];

const engines = [
  ["PGlite", pgliteDatabase, undefined],
  ["PostgreSQL", postgresDatabase, postgresUnavailable()],
] as const;

for (const [engine, open, unavailable] of engines) {
  describe.skipIf(unavailable)(`Vapi webhook on ${engine}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = await open();
    });

    async function setUp(options: { transferNumber?: string } = {}) {
      const { orgId, ctx } = await createTestOrganization(database);
      const agent = await createAgent(ctx, { name: "Front desk", job: "front_desk" });
      const { connectionId, secret } = await createConnection(ctx, { name: "Vapi", mode: "live", agentId: agent.id });
      if (options.transferNumber)
        await withTenant(database, orgId, (tx) =>
          tx.execute(sql`update organizations set transfer_number = ${options.transferNumber} where id = ${orgId}`),
        );
      let pokes = 0;
      const app = {
        env: { appUrl: "https://caly.example", mode: "embedded", trustedProxy: undefined },
        database,
        clock: systemClock,
        log: createLogger({ level: "silent" }),
        keys: ctx.keys,
        kv: new MemoryKv(),
        limiter: new MemoryRateLimiter(),
        jobs: { poke: () => pokes++ },
      } as unknown as App;
      const post = async (
        body: string | object,
        headers: Record<string, string> = { "x-vapi-secret": secret },
        to = connectionId,
      ) => {
        const request = new Request(`https://caly.example/api/voice/vapi/${to}`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: typeof body === "string" ? body : JSON.stringify(body),
        });
        const hooks = { log: app.log, addToLog: () => {} };
        const response = await handleVapiWebhook(app, to, request, hooks).catch((error: AppError) => problemOf(error));
        if (!response) throw new Error("a fault reached the edge");
        return { status: response.status, json: (await response.json()) as Record<string, unknown> };
      };
      const rows = async (query: ReturnType<typeof sql>) =>
        (await withTenant(database, orgId, (tx) => tx.execute(query))).rows as Record<string, unknown>[];
      const counts = async () =>
        (
          await rows(sql`select (select count(*)::int from inbox_events) as inbox, (select count(*)::int from calls) as calls,
            (select count(*)::int from turns) as turns, (select count(*)::int from tool_calls) as tools,
            (select count(*)::int from follow_ups) as "followUps", (select count(*)::int from events where kind like 'call.%') as events`)
        )[0];
      return { app, ctx, orgId, connectionId, secret, post, rows, counts, pokes: () => pokes };
    }

    const message = (fields: object, callId = "call-1") => ({
      message: {
        timestamp: Date.parse("2026-11-20T12:00:10Z"),
        customer: { number: "+12025550123", name: "Test Caller" },
        phoneNumber: { provider: "twilio", number: "+12025550100" },
        call: {
          id: callId,
          type: "inboundPhoneCall",
          status: "in-progress",
          createdAt: "2026-11-20T12:00:00.000Z",
          startedAt: "2026-11-20T12:00:02.000Z",
        },
        ...fields,
      },
    });
    const toolCalls = (...list: object[]) => message({ type: "tool-calls", toolCallList: list });
    const takeMessage = (id: string, text = "Please call back") => ({
      id,
      type: "function",
      function: { name: "take_message", arguments: JSON.stringify({ message: text }) },
    });

    it.each(fixtures)(
      "answers %s with 200, twice with one effect, and with a wrong secret not at all",
      async (name) => {
        const { post, counts, app, connectionId } = await setUp();
        const nothing = await counts();
        expect((await post(fixture(name), { "x-vapi-secret": "wrong" })).status).toBe(401);
        expect(await counts()).toEqual(nothing);
        expect(await rejectedWebhooks(app, connectionId)).toBe(1);
        const first = await post(fixture(name));
        expect(first.status).toBe(200);
        const once = await counts();
        expect(once?.inbox).toBe(1);
        const second = await post(fixture(name));
        expect(second.status).toBe(200);
        expect(await counts()).toEqual(once);
        if (!name.startsWith("assistant-request")) expect(second.json).toEqual(first.json);
      },
    );

    it("answers assistant-request with the published assistant, which sends its messages back to us with the secret", async () => {
      const { post, connectionId, secret } = await setUp();
      const { json } = await post(message({ type: "assistant-request" }));
      expect(json.assistant).toMatchObject({
        name: "Front desk",
        firstMessage: "Thank you for calling Test Salon. How can I help you?",
        server: { url: `https://caly.example/api/voice/vapi/${connectionId}`, headers: { "X-Vapi-Secret": secret } },
        serverMessages: expect.arrayContaining(["transcript", "tool-calls", "status-update", "end-of-call-report"]),
      });
      const tools = (json.assistant as { model: { tools: { type: string; function?: { parameters: object } }[] } })
        .model.tools;
      expect(
        tools.find((tool) => tool.function && "name" in tool.function && tool.function.name === "take_message")
          ?.function?.parameters,
      ).toMatchObject({
        type: "object",
        required: ["message"],
      });
    });

    it("puts the caller through when no agent is published, or says a sentence", async () => {
      const { post, orgId } = await setUp({ transferNumber: "+12025550177" });
      await withTenant(database, orgId, (tx) => tx.execute(sql`update agents set published_version_id = null`));
      const { json } = await post(message({ type: "assistant-request" }));
      expect(json).toMatchObject({ destination: { type: "number", number: "+12025550177" } });
      const other = await setUp();
      await withTenant(database, other.orgId, (tx) => tx.execute(sql`update agents set published_version_id = null`));
      expect((await other.post(message({ type: "assistant-request" }))).json).toEqual({
        error: expect.stringMatching(/sorry/),
      });
    });

    it("gives a transfer destination, or says that there is none", async () => {
      const { post } = await setUp({ transferNumber: "+12025550177" });
      const { json } = await post(message({ type: "transfer-destination-request" }));
      expect(json).toMatchObject({ destination: { type: "number", number: "+12025550177" } });
      const other = await setUp();
      expect((await other.post(message({ type: "transfer-destination-request" }))).json).toHaveProperty("error");
    });

    it("keeps fifty transcripts of one call as fifty events and fifty turns, however often they are sent", async () => {
      const { post, counts } = await setUp();
      const said = Array.from({ length: 50 }, (_, n) =>
        message({
          type: "transcript",
          role: "user",
          transcriptType: "final",
          transcript: `Sentence ${n}`,
          timestamp: Date.parse("2026-11-20T12:00:03Z") + n,
        }),
      );
      for (const body of [...said, ...said]) expect((await post(body)).status).toBe(200);
      expect(await counts()).toMatchObject({ inbox: 50, turns: 50, calls: 1 });
    });

    it("answers each of several tool calls in its order; one that fails or is unknown spoils no other", async () => {
      const { post, rows } = await setUp();
      const { json } = await post(
        toolCalls(
          takeMessage("a", "first"),
          { id: "b", type: "function", function: { name: "fly_to_the_moon", arguments: {} } },
          { id: "c", type: "function", function: { name: "take_message", arguments: "not json" } },
          { id: "d", name: "take_message", parameters: { message: "flat\u0000 \ud800" } },
          { id: "e", type: "function", function: { name: "take_message", arguments: {} } },
          { id: "f", type: "function", function: { name: "take_message", arguments: [1] } },
        ),
      );
      const results = json.results as { toolCallId: string; name: string; result?: string; error?: string }[];
      expect(results.map((r) => r.toolCallId)).toEqual(["a", "b", "c", "d", "e", "f"]);
      for (const { result } of results) expect(result).not.toMatch(/[\r\n]/);
      const said = results.map((r) => JSON.parse(r.result ?? "null") as { say: string; offers?: unknown[] });
      expect(said[0]).toMatchObject({ say: expect.stringMatching(/passed your message on/) });
      expect(said[1]).toMatchObject({ offers: [], say: expect.stringMatching(/not able/) });
      expect(said[2]).toMatchObject({ offers: [] });
      expect(said[4]).toMatchObject({ say: "I still need the message." });
      expect(said[5]).toMatchObject({ offers: [] });
      const kept = await rows(sql`select text from follow_ups order by created_at, id`);
      expect(kept.map((row) => row.text)).toEqual(["first", "flat\uFFFD \uFFFD"]);
    });

    it("gives a repeated tool call its first result, in the same message, another message, or both at once", async () => {
      const { post, counts } = await setUp();
      const [first, twin] = await Promise.all([post(toolCalls(takeMessage("x"))), post(toolCalls(takeMessage("x")))]);
      expect(twin?.json).toEqual(first?.json);
      const inAnother = await post(
        message({
          type: "tool-calls",
          timestamp: 1,
          toolCallList: [takeMessage("x", "other words"), takeMessage("y")],
        }),
      );
      expect(resultsOf(inAnother)[0]).toEqual(resultsOf(first)[0]);
      const twice = await post(toolCalls(takeMessage("z"), takeMessage("z")));
      expect(resultsOf(twice)[1]).toEqual(resultsOf(twice)[0]);
      expect(await counts()).toMatchObject({ tools: 3, followUps: 3 });
    });

    it("takes a tool call id of any length, answers it as it was sent and does it once", async () => {
      const { post, counts } = await setUp();
      const random = Array.from({ length: 300 }, () => Math.random().toString(36).slice(2)).join("");
      const [one, two] = [`a${random}`, `b${random}`];
      const first = await post(toolCalls(takeMessage(one), takeMessage(two)));
      expect(resultsOf(first)).toEqual([
        { toolCallId: one, name: "take_message", result: expect.any(String) },
        { toolCallId: two, name: "take_message", result: expect.any(String) },
      ]);
      expect(await post(toolCalls(takeMessage(one), takeMessage(two)))).toEqual(first);
      expect(resultsOf(await post(toolCalls(takeMessage(two))))[0]).toEqual(resultsOf(first)[1]);
      expect(await counts()).toMatchObject({ tools: 2, followUps: 2 });
    });

    it("says so when the database fails, and keeps that answer for the repetition", async () => {
      const { post, rows, orgId } = await setUp();
      await post(message({ type: "status-update", status: "in-progress" }));
      // A constraint stands for any failure inside a tool.
      await withTenant(database, orgId, (tx) => tx.execute(sql`select 1`));
      await database.db.execute(
        sql`alter table follow_ups add constraint follow_ups_broken check (text <> 'break') not valid`,
      );
      const broken = await post(toolCalls(takeMessage("b1", "break")));
      expect(broken).toMatchObject({
        status: 200,
        json: { results: [{ toolCallId: "b1", error: expect.stringMatching(/message/) }] },
      });
      await database.db.execute(sql`alter table follow_ups drop constraint follow_ups_broken`);
      expect((await post(toolCalls(takeMessage("b1", "break")))).json).toEqual(broken.json);
      expect(await rows(sql`select status from tool_calls`)).toEqual([{ status: "failed" }]);
      expect(await rows(sql`select id from follow_ups`)).toEqual([]);
    });

    it("refuses what is no message of ours and stores nothing of it", async () => {
      const { post, counts, connectionId, secret, app } = await setUp();
      const good = JSON.stringify(message({ type: "hang" }));
      const nothing = await counts();
      expect((await post(good, {})).status).toBe(401);
      expect((await post(good, { authorization: `Bearer ${secret}` })).status).toBe(401);
      expect((await post(good, { "x-vapi-secret": secret }, newId("connection"))).status).toBe(404);
      expect((await post(good, { "x-vapi-secret": secret }, "nonsense")).status).toBe(404);
      expect((await post(good, { "x-vapi-secret": secret, "content-type": "text/plain" })).status).toBe(415);
      expect((await post(`{"message":{"type":"hang","x":"${"y".repeat(1_048_600)}"}}`)).status).toBe(413);
      for (const bad of ["{", "null", "[]", "{}", '{"message":{}}', `{"message":${"[".repeat(70)}${"]".repeat(70)}}`])
        expect((await post(bad)).status).toBe(400);
      expect(await counts()).toEqual(nothing);
      expect(await rejectedWebhooks(app, connectionId)).toBe(8);
    });

    it("accepts the secret before the last rotation for a day, and nothing else", async () => {
      const { post, ctx, connectionId, secret, app } = await setUp();
      const { secret: fresh } = await rotateConnectionSecret(ctx, { connectionId });
      expect((await post(message({ type: "hang" }), { "x-vapi-secret": fresh })).status).toBe(200);
      expect((await post(message({ type: "hang" }), { "x-vapi-secret": secret })).status).toBe(200);
      Object.assign(app, { clock: { now: () => new Date(Date.now() + 25 * 3_600_000) } });
      expect((await post(message({ type: "hang" }), { "x-vapi-secret": secret })).status).toBe(401);
      expect((await post(message({ type: "hang" }), { "x-vapi-secret": fresh })).status).toBe(200);
    });
  });
}
