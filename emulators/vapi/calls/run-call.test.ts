import type { Vapi } from "@vapi-ai/server-sdk";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scenarios } from "../scenarios";
import {
  assistantBody,
  type Bench,
  createAssistant,
  createNumber,
  openBench,
  secretHeaders,
} from "../testing/call-bench";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

describe("the life of a call", () => {
  it("tells the webhook in order and passes slots on by reference", async () => {
    const { call, isDone } = await bench.run({ assistantId: await createAssistant(bench) });
    expect(isDone).toBe(true);
    expect(call).toMatchObject({ status: "ended", endedReason: "assistant-ended-call", type: "inboundPhoneCall" });
    expect(bench.receiver.toolUses().map((use) => use.name)).toEqual([
      "find_slots",
      "hold_slot",
      "book_appointment",
      "end_call",
    ]);
    expect(bench.receiver.toolUses()[2]?.args).toEqual({ slot: "slot_1", name: "Maya Patel", phone: "+12025550123" });
    expect([...bench.calendar.booked]).toEqual([["slot_1", "Maya Patel"]]);
    const types = bench.receiver.types();
    expect(types.slice(0, 3)).toEqual(["status-update", "assistant.started", "speech-update"]);
    expect(types.slice(-2)).toEqual(["status-update", "end-of-call-report"]);
  });

  it("sends the named headers and nothing of its own", async () => {
    await bench.run({ assistantId: await createAssistant(bench) });
    for (const { rawHeaders } of bench.receiver.received) {
      const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
      expect(names.sort()).toEqual(["connection", "content-length", "content-type", "host", "x-vapi-secret"]);
    }
  });

  it("keeps the webhook's secret out of every message", async () => {
    await createNumber(bench);
    bench.receiver.answer = ({ message }) =>
      message.type === "assistant-request" ? { body: { assistant: assistantBody(bench.receiver) } } : undefined;
    await bench.run({});
    expect(bench.receiver.received.length).toBeGreaterThan(20);
    const leaks = bench.receiver.received.filter(({ body }) => body.includes(secretHeaders["X-Vapi-Secret"]));
    expect(leaks.map(({ message }) => message.type)).toEqual([]);
  });

  it("sends only what the assistant subscribed to", async () => {
    const serverMessages = ["status-update", "tool-calls", 'transcript[transcriptType="final"]'];
    await bench.run({ assistantId: await createAssistant(bench, { serverMessages }) });
    expect(new Set(bench.receiver.types())).toEqual(new Set(serverMessages));
  });

  it("sends partial transcripts before the final one to a subscriber of both", async () => {
    await bench.run({ assistantId: await createAssistant(bench, { serverMessages: ["transcript"] }) });
    const first = bench.receiver.of("transcript").slice(0, 3);
    expect(first.map(({ message }) => message.transcriptType)).toEqual(["partial", "partial", "final"]);
    expect(first[2]?.message.transcript).toBe("Thanks for calling, how can I help?");
    expect(bench.receiver.toolUses()).toEqual([]);
  });

  it("asks each tool at its own server, else at the assistant's, else at the number's", async () => {
    const other = await openBench();
    const owned = { type: "function", function: { name: "find_slots" }, server: { url: other.receiver.url } };
    const model = {
      provider: "openai",
      model: "gpt-4o",
      tools: [owned, { type: "function", function: { name: "book_appointment" } }],
    };
    const assistantId = await createAssistant(bench, { model, server: undefined });
    await createNumber(bench, { assistantId });
    await bench.run({});
    expect(other.receiver.toolUses().map((use) => use.name)).toEqual(["find_slots"]);
    expect(bench.receiver.toolUses().map((use) => use.name)).toEqual(["book_appointment"]);
    await other.close();
  });

  it("uses stored tools and credentials", async () => {
    const plan = { type: "bearer", token: "fixture", headerName: "X-Vapi-Secret", bearerPrefixEnabled: false };
    const credential = await bench.create<{ id: string }>("/credential", {
      provider: "custom-credential",
      authenticationPlan: plan,
    });
    const server = { url: bench.receiver.url, credentialId: credential.id };
    const tool = await bench.create<{ id: string }>("/tool", {
      type: "function",
      function: { name: "take_message" },
      server,
    });
    const model = { provider: "openai", model: "gpt-4o", toolIds: [tool.id] };
    await bench.run({ scenario: "message", assistantId: await createAssistant(bench, { model, server }) });
    expect(bench.calendar.messages).toEqual(["Please call Maya Patel about invoice 42."]);
    expect(bench.receiver.received.every(({ headers }) => headers["x-vapi-secret"] === "fixture")).toBe(true);
  });

  it.each([
    ["object", { function: { name: "find_slots", arguments: { service: "Massage" } } }],
    [
      "string",
      { function: { name: "find_slots", arguments: '{"service":"Massage","day":"tomorrow","window":"morning"}' } },
    ],
    ["flat", { name: "find_slots", arguments: { service: "Massage" } }],
  ])("sends arguments as %s", async (argumentsAs, shape) => {
    await bench.run({ assistantId: await createAssistant(bench), argumentsAs, variables: { service: "Massage" } });
    const [first] = bench.receiver.of("tool-calls");
    expect(first?.message).toMatchObject({
      toolCallList: [shape],
      toolWithToolCallList: [{ type: "function", toolCall: {} }],
    });
  });

  it("reports costs, analysis and links that agree with each other", async () => {
    const { call, timeline } = await bench.run({ assistantId: await createAssistant(bench), reportExtras: true });
    const report = bench.receiver.of("end-of-call-report")[0]?.message as unknown as Vapi.ServerMessageEndOfCallReport;
    const sum = (report.costs ?? []).reduce((total, item) => total + item.cost, 0);
    expect(report.cost).toBeCloseTo(sum, 6);
    expect(call.costBreakdown?.total).toBe(report.cost);
    expect(report.analysis).toMatchObject({
      successEvaluation: "true",
      structuredData: { intent: "book", startsAt: "T10:00" },
    });
    expect(report.artifact.presignedStereoUrl).toContain("sig=");
    expect(report.artifact.messages?.map((message) => message.role).slice(0, 5)).toEqual([
      "system",
      "bot",
      "user",
      "tool_calls",
      "tool_call_result",
    ]);
    const lastEndMs = Math.max(...timeline.map((part) => part.startMs + part.durationMs));
    const durationMs = Date.parse(report.endedAt ?? "") - Date.parse(report.startedAt ?? "");
    expect(durationMs).toBeGreaterThan(lastEndMs);
    expect(Date.parse(report.endedAt ?? "")).toBeLessThan(Date.now() + 1000);
    expect(report).toMatchObject({ durationMs, summary: report.analysis.summary });
  });

  it("gives no result when the webhook is slower than the server's timeout", async () => {
    const server = { url: bench.receiver.url, timeoutSeconds: 1 };
    bench.receiver.answer = ({ message }) => (message.type === "tool-calls" ? { afterMs: 1500 } : undefined);
    const serverMessages = ["tool-calls"];
    const script = { turns: [{ tool: "business_hours" }, { say: "$business_hours.error" }] };
    const { call } = await bench.run({ script, assistantId: await createAssistant(bench, { server, serverMessages }) });
    expect(call.artifact?.transcript).toBe("AI: No result returned.\n");
    expect((await bench.deliveries(call.id))[0]).toMatchObject({ type: "tool-calls", error: "timeout" });
  });

  it("several tool calls in one message get their results by id", async () => {
    const tools = [
      { name: "business_hours", args: { day: "Monday" } },
      { name: "find_slots", args: { service: "Haircut" } },
    ];
    const script = { turns: [{ tools }, { say: "$business_hours.say" }, { say: "$find_slots.say" }] };
    const { call } = await bench.run({ script, assistantId: await createAssistant(bench) });
    expect(bench.receiver.of("tool-calls")).toHaveLength(1);
    expect(call.artifact?.transcript).toBe(
      "AI: On Monday we are open from nine to five.\nAI: I have ten, eleven, noon.\n",
    );
  });

  it("records what breaks the rules in a tool answer", async () => {
    bench.receiver.answer = ({ message }) => (message.type === "tool-calls" ? { body: { results: [] } } : undefined);
    const { call } = await bench.run({ scenario: "hours-question", assistantId: await createAssistant(bench) });
    const [asked] = (await bench.deliveries(call.id)).filter((delivery) => delivery.type === "tool-calls");
    expect(asked?.problem).toBe("0 results for 1 tool calls");
  });

  it("waits at the pace of talk at speed 1 and not at all at speed 0", async () => {
    let waitedMs = 0;
    const add = (ms: number) => {
      waitedMs += ms;
    };
    const clock = { now: Date.now, sleep: async (ms: number) => add(ms) };
    const quick = await openBench({ clock });
    const assistantId = await createAssistant(quick);
    await quick.run({ assistantId, scenario: "message" });
    const idleMs = waitedMs;
    const { timeline } = await quick.run({ assistantId, scenario: "message", speed: 1 });
    const lastEndMs = Math.max(...timeline.map((part) => part.startMs + part.durationMs));
    expect(waitedMs - idleMs).toBeGreaterThan(lastEndMs);
    await quick.close();
  });

  it("ends at the assistant's longest duration", async () => {
    const { call } = await bench.run({ assistantId: await createAssistant(bench, { maxDurationSeconds: 10 }) });
    expect(call.endedReason).toBe("exceeded-max-duration");
    expect(Date.parse(call.endedAt ?? "") - Date.parse(call.startedAt ?? "")).toBeLessThan(11_000);
  });

  it("a caller can be made to hang up from outside", async () => {
    const assistantId = await createAssistant(bench);
    const placed = await bench.create<{ id: string }>("/_emulator/calls", {
      assistantId,
      speed: 1,
      speech: "estimated",
    });
    const status = async () => ((await bench.api("GET", `/call/${placed.id}`)).body as { status: string }).status;
    await expect.poll(status, { timeout: 10_000 }).toBe("in-progress");
    await bench.api("POST", `/_emulator/calls/${placed.id}/hang-up`);
    const done = await bench.api("GET", `/_emulator/calls/${placed.id}?waitMs=5000`);
    expect(done.body).toMatchObject({ isDone: true, call: { endedReason: "customer-ended-call" } });
  });

  it("plays a web call without a number", async () => {
    const { call } = await bench.run({ type: "webCall", assistantId: await createAssistant(bench) });
    expect(call.type).toBe("webCall");
    expect(bench.receiver.received.every(({ message }) => message.phoneNumber === undefined)).toBe(true);
    expect(bench.receiver.toolUses()[2]?.args).toEqual({ slot: "slot_1", name: "Maya Patel" });
  });
});

describe("scenarios", () => {
  const ends: Record<string, string> = {
    transfer: "assistant-forwarded-call",
    "hang-up": "customer-ended-call",
    "assistant-fails": "pipeline-error-openai-llm-failed",
  };

  it.each([...scenarios.keys()])("%s runs to its end", async (scenario) => {
    const { call } = await bench.run({ scenario, assistantId: await createAssistant(bench) });
    expect(call.endedReason).toBe(ends[scenario] ?? "assistant-ended-call");
    expect(call.artifact?.transcript).not.toMatch(/\{\{|\$|undefined|\[object/);
    expect(call.analysis?.summary).not.toMatch(/\{\{|\$|undefined/);
  });

  it("interrupted: the repeated tool call has the same id and changes nothing", async () => {
    await bench.run({ scenario: "interrupted", assistantId: await createAssistant(bench) });
    const books = bench.receiver.toolUses().filter((use) => use.name === "book_appointment");
    expect(books).toHaveLength(2);
    expect(books[0]).toEqual(books[1]);
    expect(bench.receiver.of("user-interrupted")).toHaveLength(1);
    expect(bench.calendar.booked.size).toBe(1);
  });

  it("taken: another call gets the slot, this one an offered one", async () => {
    const { call } = await bench.run({ scenario: "taken", assistantId: await createAssistant(bench) });
    expect([...bench.calendar.booked]).toEqual([
      ["slot_1", "Priya Nair"],
      ["slot_2", "Maya Patel"],
    ]);
    expect(new Set(bench.receiver.received.map(({ message }) => message.call.id)).size).toBe(2);
    expect(call.analysis?.successEvaluation).toBe("true");
  });

  it("transfer: the call is forwarded to where the tool says", async () => {
    const { call } = await bench.run({ scenario: "transfer", assistantId: await createAssistant(bench) });
    expect(call.destination).toMatchObject({ type: "number", number: "+12025550177" });
    expect(bench.receiver.of("status-update").map(({ message }) => message.status)).toEqual([
      "in-progress",
      "forwarding",
      "ended",
    ]);
  });

  it("hang-up: only the heard part of the sentence is in the transcript", async () => {
    const { call, timeline } = await bench.run({ scenario: "hang-up", assistantId: await createAssistant(bench) });
    expect(timeline.at(-1)).toMatchObject({ text: "I have ten, eleven, noon.", durationMs: 900 });
    expect(call.artifact?.transcript).not.toContain("noon");
  });

  it("a booking without free times becomes a message", async () => {
    bench.receiver.tools.find_slots = () => ({ say: "I have nothing free.", data: { offers: [] } });
    await bench.run({ assistantId: await createAssistant(bench) });
    expect(bench.calendar.messages).toEqual(["Please call Maya Patel back about Haircut."]);
  });

  it("are listed with a line each", async () => {
    const { body } = await bench.api("GET", "/_emulator/scenarios");
    expect(body).toContainEqual({ name: "cancel", description: "A caller with a booking cancels it" });
  });
});
