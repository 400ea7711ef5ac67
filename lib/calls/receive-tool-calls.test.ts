import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { createConnection } from "@/lib/connections";
import type { Context } from "@/lib/platform/context";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { createFollowUp } from "./create-follow-up";
import type { ProviderMessage, ToolRunner } from "./ports";
import { COULD_NOT, receiveToolCalls } from "./receive-tool-calls";

const message = (key: string, ...ids: string[]): ProviderMessage => ({
  type: "tool-calls",
  dedupeKey: key,
  at: undefined,
  call: { externalId: "c", kind: "phone", direction: "inbound", customerNumber: "+12025550123" },
  body: { kind: "tool_calls", offsetMs: 0, requests: ids.map((id) => ({ id, name: "take_message", arguments: {} })) },
});

describe.skipIf(postgresUnavailable())("tool calls that arrive at once", () => {
  let database: Database;
  beforeAll(async () => {
    database = await postgresDatabase({ maxConnections: 30 });
  });

  async function setUp() {
    const { ctx, orgId } = await createTestOrganization(database);
    const { connectionId } = await createConnection(ctx, { name: "Vapi", mode: "live" });
    const webhook: Context = { ...ctx, actor: { kind: "webhook", connectionId, provider: "vapi" } };
    const source = { id: connectionId, agentId: null, timeZone: "UTC", agentLabel: "Agent" };
    let runs = 0;
    const run: ToolRunner = async (scope, request, call) => {
      const turn = ++runs;
      await new Promise((resolve) => setTimeout(resolve, 20));
      await createFollowUp(scope, {
        kind: "message",
        text: request.id,
        callId: call.callId,
        contactId: call.contactId,
      });
      return { status: "ok", say: `run ${turn}`, data: null };
    };
    const rows = async (query: ReturnType<typeof sql>) =>
      (await withTenant(database, orgId, (tx) => tx.execute(query))).rows;
    return { webhook, source, run, rows, runs: () => runs };
  }

  it("have one effect each and all get the first result", async () => {
    const { webhook, source, run, rows, runs } = await setUp();
    const sent = Array.from({ length: 24 }, (_, n) => message(`key-${n % 6}`, "a", "b"));
    const answers = await Promise.all(
      sent.map((m) => receiveToolCalls(webhook, source, { raw: "{}", message: m }, run)),
    );
    const said = new Set(answers.map((answer) => answer.map(({ result }) => result.say).join(" · ")));
    expect(said).toEqual(new Set(["run 1 · run 2"]));
    expect(runs()).toBe(2);
    expect(await rows(sql`select text from follow_ups order by text`)).toEqual([{ text: "a" }, { text: "b" }]);
    expect(await rows(sql`select count(*)::int as n from inbox_events where processed_at is not null`)).toEqual([
      { n: 6 },
    ]);
    expect(await rows(sql`select count(*)::int as n from calls`)).toEqual([{ n: 1 }]);
    expect(await rows(sql`select count(*)::int as n from events where kind = 'call.tool_called'`)).toEqual([{ n: 2 }]);
  });

  it("keep what the others did when one fails, and leave nothing of the one that failed", async () => {
    const { webhook, source, run, rows } = await setUp();
    const failing: ToolRunner = async (scope, request, call) => {
      const result = await run(scope, request, call);
      if (request.id === "b") await scope.tx?.execute(sql`select 1 / 0`);
      return result;
    };
    const answers = await receiveToolCalls(
      webhook,
      source,
      { raw: "{}", message: message("k", "a", "b", "c") },
      failing,
    );
    expect(answers.map(({ result }) => result.status)).toEqual(["ok", "failed", "ok"]);
    expect(await rows(sql`select text from follow_ups order by text`)).toEqual([{ text: "a" }, { text: "c" }]);
    const alone = await receiveToolCalls(webhook, source, { raw: "{}", message: message("k2", "b2") }, async () => {
      throw new Error("boom");
    });
    expect(alone[0]?.result).toEqual(COULD_NOT);
    expect(await rows(sql`select external_id, status from tool_calls order by external_id`)).toEqual([
      { external_id: "a", status: "ok" },
      { external_id: "b", status: "failed" },
      { external_id: "b2", status: "failed" },
      { external_id: "c", status: "ok" },
    ]);
    expect(await rows(sql`select needs_review from calls`)).toEqual([{ needs_review: true }]);
  });

  it("are answered with a sentence when nothing can be stored", async () => {
    const { webhook, source, run } = await setUp();
    const unreachable = {
      ...webhook,
      database: { ...database, pool: undefined, db: { transaction: () => Promise.reject(new Error("down")) } },
    };
    const answers = await receiveToolCalls(
      unreachable as unknown as Context,
      source,
      { raw: "{}", message: message("k", "a", "b") },
      run,
    );
    expect(answers.map(({ result }) => result)).toEqual([COULD_NOT, COULD_NOT]);
  });
});
