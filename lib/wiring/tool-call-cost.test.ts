import { beforeAll, describe, expect, it } from "vitest";
import { startTrial } from "@/lib/billing";
import { createConnection, type ResolvedConnection } from "@/lib/connections";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { openBusiness, voiceApp } from "@/tests/voice-app";
import { answerWithAssistant } from "./vapi-assistant";
import { handleVapiWebhook } from "./vapi-webhook";

describe.skipIf(postgresUnavailable())("what a caller waits for the database", () => {
  let database: Awaited<ReturnType<typeof postgresDatabase>>;
  beforeAll(async () => {
    database = await postgresDatabase();
  });

  it("books in at most three round trips, begin and commit included", async () => {
    const { ctx, agent } = await openBusiness(database);
    const { connectionId, secret } = await createConnection(ctx, { name: "Vapi", mode: "live", agentId: agent.id });
    const app = voiceApp(database, ctx.keys);
    const trips: string[][] = [];
    const { pool } = database;
    if (!pool) throw new Error("no pool");
    const post = async (toolCallId: string, name: string, args: object) => {
      const call = { id: "c1", type: "inboundPhoneCall", status: "in-progress", createdAt: new Date().toISOString() };
      const message = {
        type: "tool-calls",
        call,
        customer: { number: "+12025550123", name: "Maya" },
        toolCallList: [{ id: toolCallId, type: "function", function: { name, arguments: args } }],
      };
      const request = new Request("https://caly.example/", {
        method: "POST",
        headers: { "content-type": "application/json", "x-vapi-secret": secret },
        body: JSON.stringify({ message }),
      });
      const response = await handleVapiWebhook(app, connectionId, request, { log: app.log, addToLog: () => {} });
      const { results } = (await response.json()) as { results: { result?: string }[] };
      return JSON.parse(results[0]?.result ?? "null") as {
        say: string;
        data: { booking?: string; offers?: { slot: string }[] };
      };
    };
    const found = await post("t1", "find_slots", { service: "Haircut", day: "tomorrow" });
    const slot = found.data.offers?.[0]?.slot;
    expect(slot).toBeTruthy();
    const stop = await countTrips(pool, trips);
    try {
      // Twice: what is asked ahead is asked again where a minute ends in between.
      const questions: number[] = [];
      for (const id of ["t1b", "t1c"]) {
        await post(id, "find_slots", { service: "Haircut", day: "tomorrow" });
        questions.push(trips.splice(0).length);
      }
      console.info(`round trips per find_slots: ${questions.join(", ")}`);
      expect(Math.min(...questions)).toBeLessThanOrEqual(2);
      const booked = await post("t2", "book_appointment", { slot, name: "Maya" });
      expect(booked.data.booking).toBeTruthy();
      const statements = trips.flat();
      console.info(`round trips per book_appointment: ${trips.length} (${statements.length} statements)`);
      expect(statements.length).toBeGreaterThan(4);
      expect(statements.filter((text) => text.includes("schedule_version"))).toHaveLength(1);
      expect(
        trips.length,
        trips.map((sent) => sent.map((text) => text.trim().slice(0, 60))).join("\n"),
      ).toBeLessThanOrEqual(3);
      const taken = await post("t3", "book_appointment", { slot, name: "Noor" });
      expect(taken.data.booking).toBeUndefined();
    } finally {
      stop();
    }
  });

  it("gives an assistant in at most three, although it asks how the organisation stands", async () => {
    const { ctx, agent } = await openBusiness(database);
    await startTrial(ctx);
    const connection = { agentId: agent.id, id: "con", webhookAuth: { method: "hmac" }, secrets: {} };
    const trips: string[][] = [];
    const { pool } = database;
    if (!pool) throw new Error("no pool");
    const stop = await countTrips(pool, trips);
    try {
      const asked = { appUrl: "https://caly.example", externalId: "c1" };
      const answer = await answerWithAssistant(ctx, connection as unknown as ResolvedConnection, asked);
      expect(answer.answer).toHaveProperty("assistant");
    } finally {
      stop();
    }
    console.info(`round trips per assistant: ${trips.length} (${trips.flat().length} statements)`);
    expect(trips.length).toBeLessThanOrEqual(3);
  });
});

type Pool = NonNullable<Awaited<ReturnType<typeof postgresDatabase>>["pool"]>;

/** Notes in `trips` what is sent to the database together; the answer ends it. */
async function countTrips(pool: Pool, trips: string[][]): Promise<() => void> {
  let open = 0;
  const client = await pool.connect();
  const original = Object.getPrototypeOf(client).query as (...args: unknown[]) => unknown;
  client.release();
  const prototype = Object.getPrototypeOf(client) as { query: typeof original };
  prototype.query = function (this: unknown, ...args: unknown[]) {
    // What is sent while an answer is awaited travels with it.
    if (open++ === 0) trips.push([]);
    trips.at(-1)?.push(String((args[0] as { text?: string })?.text ?? args[0]));
    const answer = original.apply(this, args) as Promise<unknown>;
    const answered = () => open--;
    answer.then(answered, answered);
    return answer;
  };
  return () => {
    prototype.query = original;
  };
}
