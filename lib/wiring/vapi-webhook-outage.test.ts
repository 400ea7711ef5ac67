import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { createAgent } from "@/lib/agents";
import { createConnection, forgetConnection } from "@/lib/connections";
import type { AppError } from "@/lib/platform/errors";
import { problemOf } from "@/lib/platform/http/problem";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { voiceApp } from "@/tests/voice-app";
import { handleVapiWebhook } from "./vapi-webhook";

/** The provider does, waiting for an assistant. Ours are three seconds; the rest is for machines that are slow. */
const GIVES_UP_MS = 7_500;

const down = {
  driver: "pglite",
  pool: undefined,
  db: { transaction: () => Promise.reject(new Error("connection refused")) },
};

describe("with the database away", () => {
  let connectionId: string;
  let secret: string;
  let working: ReturnType<typeof voiceApp>;
  let broken: ReturnType<typeof voiceApp>;

  beforeAll(async () => {
    const database = await pgliteDatabase();
    const { ctx } = await createTestOrganization(database);
    const agent = await createAgent(ctx, { name: "Front desk", job: "front_desk" });
    ({ connectionId, secret } = await createConnection(ctx, { name: "Vapi", mode: "live", agentId: agent.id }));
    working = voiceApp(database, ctx.keys);
    broken = voiceApp(down as unknown as Database, ctx.keys);
  });

  const post = async (app: typeof working, fields: object, given = secret) => {
    const message = { call: { id: "c1", status: "in-progress" }, ...fields };
    const request = new Request("https://caly.example/", {
      method: "POST",
      headers: { "content-type": "application/json", "x-vapi-secret": given },
      body: JSON.stringify({ message }),
    });
    const hooks = { log: app.log, addToLog: () => {} };
    const response = await handleVapiWebhook(app, connectionId, request, hooks).catch((error: AppError) =>
      problemOf(error),
    );
    if (!response) throw new Error("a fault reached the edge");
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  const tool = { type: "tool-calls", toolCallList: [{ id: "t1", name: "book_appointment", arguments: {} }] };

  it.each(["known", "unknown"])("a caller of a %s connection still gets a sentence", async (which) => {
    forgetConnection(connectionId);
    if (which === "known") expect((await post(working, { type: "hang" })).status).toBe(200);
    const answer = await post(broken, tool);
    expect(answer.status).toBe(200);
    expect(answer.json.results).toEqual([
      {
        toolCallId: "t1",
        name: "book_appointment",
        error: expect.stringMatching(/^I could not reach the calendar.*message.*\?$/),
      },
    ]);
    expect((await post(broken, { type: "function-call", functionCall: { name: "x", parameters: {} } })).json).toEqual({
      result: expect.stringMatching(/calendar/),
    });
    const started = performance.now();
    expect((await post(broken, { type: "assistant-request" })).json).toEqual({ error: expect.stringMatching(/sorry/) });
    expect(performance.now() - started).toBeLessThan(GIVES_UP_MS);
  });

  it("a message that only informs is not acknowledged, so that it comes again", async () => {
    const answer = await post(broken, { type: "status-update", status: "ended" });
    expect(answer.status).toBe(503);
    expect(answer.json).toMatchObject({ code: "unavailable" });
  });

  it("that does not answer at all, a caller gets a sentence in time", async () => {
    forgetConnection(connectionId);
    const stuck = { ...down, db: { transaction: () => new Promise(() => {}) } };
    const app = voiceApp(stuck as unknown as Database, working.keys);
    const started = performance.now();
    const [assistant, answer, status] = await Promise.all([
      post(app, { type: "assistant-request" }),
      post(app, tool),
      post(app, { type: "status-update", status: "ended" }),
    ]);
    expect(performance.now() - started).toBeLessThan(GIVES_UP_MS);
    expect(assistant.json).toEqual({ error: expect.stringMatching(/sorry/) });
    expect(JSON.stringify(answer.json)).toMatch(/could not reach the calendar/);
    expect(status.status).toBe(503);
    forgetConnection(connectionId);
  });

  it("a wrong secret is still wrong", async () => {
    expect((await post(working, { type: "hang" })).status).toBe(200);
    expect((await post(broken, tool, "wrong")).status).toBe(401);
  });
});
