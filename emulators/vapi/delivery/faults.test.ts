import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, createAssistant, openBench, secretHeaders } from "../testing/call-bench";

let bench: Bench;
let assistantId: string;
beforeEach(async () => {
  bench = await openBench();
  assistantId = await createAssistant(bench);
});
afterEach(() => bench.close());

const run = (order: object) => bench.run({ assistantId, ...order });
const bodies = (type: string) => bench.receiver.of(type).map((entry) => entry.body);

describe("faults on the wire", () => {
  it("duplicate: every message arrives twice, a tool call with the same id, and the call goes on", async () => {
    const { call } = await run({ faults: ["duplicate"] });
    expect(call.endedReason).toBe("assistant-ended-call");
    const sent = bodies("conversation-update");
    expect(sent.length).toBe(new Set(sent).size * 2);
    const ids = bench.receiver.toolUses().map((use) => use.id);
    expect(ids.length).toBe(new Set(ids).size * 2);
    expect(bench.calendar.booked.size).toBe(1);
  });

  it("duplicate: a second report carries fresh links, as the provider's do", async () => {
    await run({ faults: [{ type: "duplicate", messages: ["end-of-call-report"] }] });
    const reports = bodies("end-of-call-report");
    expect(reports).toHaveLength(2);
    expect(reports[0]).not.toBe(reports[1]);
    expect(bench.receiver.of("status-update")).toHaveLength(2);
  });

  it("reorder: the same messages in another order, the same order again for the same seed", async () => {
    const order = async (extra: object) => {
      const before = bench.receiver.received.length;
      await run({ scenario: "message", ...extra });
      return bench.receiver.received.slice(before).map(({ message }) => `${message.type} ${message.status ?? ""}`);
    };
    const straight = await order({});
    const shuffled = await order({ faults: [{ type: "reorder", window: 6 }] });
    expect(shuffled).not.toEqual(straight);
    expect([...shuffled].sort()).toEqual([...straight].sort());
    expect(await order({ faults: [{ type: "reorder", window: 6 }] })).toEqual(shuffled);
  });

  it("drop: the report never comes, the record says so, and the call can still be fetched whole", async () => {
    const { call } = await run({ faults: [{ type: "drop", messages: ["end-of-call-report"] }] });
    expect(bench.receiver.of("end-of-call-report")).toHaveLength(0);
    const lost = (await bench.deliveries(call.id)).filter((delivery) => delivery.kind === "dropped");
    expect(lost.map((delivery) => [delivery.type, delivery.isAcknowledged])).toEqual([["end-of-call-report", false]]);
    const polled = (await bench.api("GET", `/call/${call.id}`)).body;
    expect(polled).toMatchObject({
      status: "ended",
      endedReason: "assistant-ended-call",
      analysis: { successEvaluation: "true" },
      artifact: { transcript: expect.stringContaining("AI: Thanks for calling") },
    });
  });

  it("drop: with a chance, some go missing and some do not", async () => {
    const { call } = await run({ faults: [{ type: "drop", p: 0.5, messages: ["speech-update"] }] });
    const kinds = (await bench.deliveries(call.id))
      .filter((one) => one.type === "speech-update")
      .map((one) => one.kind);
    expect(new Set(kinds)).toEqual(new Set(["dropped", "original"]));
  });

  it("delay: later messages pass the one held back", async () => {
    await run({ faults: [{ type: "delay", minMs: 80, maxMs: 120, messages: ["status-update"] }] });
    const order = bench.receiver.received.map(({ message }) => `${message.type} ${message.status ?? ""}`.trim());
    expect(order.indexOf("status-update ended")).toBeGreaterThan(order.indexOf("end-of-call-report"));
    expect(order.filter((entry) => entry.startsWith("status-update"))).toHaveLength(2);
  });

  it("wrong-secret: a copy with another secret comes first and is not counted as delivered", async () => {
    bench.receiver.answer = ({ headers }) =>
      headers["x-vapi-secret"] === secretHeaders["X-Vapi-Secret"] ? undefined : { status: 401 };
    const { call } = await run({ faults: ["wrong-secret"] });
    expect(call.endedReason).toBe("assistant-ended-call");
    const deliveries = await bench.deliveries(call.id);
    const forged = deliveries.filter((delivery) => delivery.kind === "forged");
    expect(forged.length).toBe(deliveries.length / 2);
    expect(forged.every((delivery) => delivery.status === 401 && !delivery.isAcknowledged)).toBe(true);
    expect(deliveries.filter((delivery) => delivery.kind === "original").every((one) => one.isAcknowledged)).toBe(true);
  });

  it("wrong-signature in place of the true one: the tool has no result", async () => {
    bench.receiver.answer = ({ headers }) =>
      headers["x-vapi-secret"] === secretHeaders["X-Vapi-Secret"] ? undefined : { status: 401 };
    const fault = { type: "wrong-signature", mode: "replace", messages: ["tool-calls"] };
    const { call } = await run({ scenario: "message", faults: [fault] });
    expect(JSON.stringify(call.messages)).toContain("No result returned.");
    expect(bench.calendar.messages).toEqual([]);
  });

  it("disconnect: the socket dies after the request, the same call is sent again", async () => {
    const { call } = await run({ faults: ["disconnect"] });
    const tools = (await bench.deliveries(call.id)).filter((delivery) => delivery.type === "tool-calls");
    expect(tools[0]).toMatchObject({ kind: "original", error: "disconnected by the emulator", isAcknowledged: false });
    expect(tools[1]).toMatchObject({ kind: "resent", status: 200, toolCallIds: tools[0]?.toolCallIds });
    const ids = bench.receiver.toolUses().map((use) => use.id);
    expect(ids.length).toBe(new Set(ids).size * 2);
    expect(bench.calendar.booked.size).toBe(1);
  });

  it("slow-body: the message arrives in pieces, whole", async () => {
    const fault = { type: "slow-body", chunks: 4, pauseMs: 5, messages: ["end-of-call-report"] };
    const { call } = await run({ faults: [fault] });
    const report = (await bench.deliveries(call.id)).find((delivery) => delivery.type === "end-of-call-report");
    expect(report?.ms).toBeGreaterThanOrEqual(18);
    expect(bench.receiver.of("end-of-call-report")).toHaveLength(1);
  });

  it("does not repeat a refused message unless it is told to", async () => {
    bench.receiver.answer = ({ message }) => (message.type === "end-of-call-report" ? { status: 503 } : undefined);
    await run({});
    expect(bench.receiver.of("end-of-call-report")).toHaveLength(1);
  });

  it("redelivers until the webhook takes it", async () => {
    let refusals = 2;
    bench.receiver.answer = ({ message }) =>
      message.type === "end-of-call-report" && refusals-- > 0 ? { status: 503 } : undefined;
    const { call } = await run({ redeliver: { maxMs: 5000 } });
    const reports = (await bench.deliveries(call.id)).filter((delivery) => delivery.type === "end-of-call-report");
    expect(reports.map((report) => [report.attempt, report.status])).toEqual([
      [1, 503],
      [2, 503],
      [3, 200],
    ]);
    expect(new Set(reports.map((report) => report.messageId)).size).toBe(1);
  });

  it("follows the server's backoff plan, and stops at an excluded status", async () => {
    const server = {
      url: bench.receiver.url,
      headers: secretHeaders,
      backoffPlan: { type: "fixed", maxRetries: 2, baseDelaySeconds: 0.01, excludedStatusCodes: [418] },
    };
    const patient = await createAssistant(bench, { server, serverMessages: ["end-of-call-report", "status-update"] });
    bench.receiver.answer = ({ message }) => ({ status: message.type === "status-update" ? 418 : 503 });
    await bench.run({ assistantId: patient });
    expect(bench.receiver.of("status-update")).toHaveLength(2);
    expect(bench.receiver.of("end-of-call-report")).toHaveLength(3);
  });

  it("outlives a webhook that is not there", async () => {
    await bench.receiver.close();
    const { call, isDone } = await run({ scenario: "message" });
    expect(isDone).toBe(true);
    expect(call.status).toBe("ended");
    const deliveries = await bench.deliveries(call.id);
    expect(deliveries.every((delivery) => delivery.error === "ECONNREFUSED" || delivery.error === "ECONNRESET")).toBe(
      true,
    );
  });

  it("refuses a fault it does not know", async () => {
    expect(await bench.api("POST", "/_emulator/calls", { assistantId, faults: ["lightning"] })).toMatchObject({
      status: 400,
    });
  });
});
