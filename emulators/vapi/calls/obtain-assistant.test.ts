import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { assistantBody, type Bench, createAssistant, createNumber, openBench } from "../testing/call-bench";
import type { Answer } from "../testing/webhook-receiver";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ assistantRequestTimeoutMs: 200 });
});
afterEach(() => bench.close());

async function ring(answer: Answer, number: object = {}) {
  await createNumber(bench, number);
  bench.receiver.answer = ({ message }) => (message.type === "assistant-request" ? answer : undefined);
  return bench.run({ number: "+12025550100" });
}

describe("a number without an assistant", () => {
  it("asks its server, with the number's headers and no assistant", async () => {
    await ring({ body: { error: "Closed." } });
    const [asked] = bench.receiver.received;
    expect(asked?.headers["x-vapi-secret"]).toBe("s3cret-for-tests");
    expect(asked?.message).toMatchObject({
      type: "assistant-request",
      assistantVersion: null,
      call: { status: "ringing" },
      customer: { number: "+12025550123" },
      phoneNumber: { provider: "twilio", number: "+12025550100" },
    });
    expect(asked?.body).not.toContain("twilioAuthToken");
  });

  it("talks as the transient assistant in the answer", async () => {
    const { call } = await ring({ body: { assistant: assistantBody(bench.receiver) } });
    expect(call).toMatchObject({ endedReason: "assistant-ended-call", assistant: { name: "Front desk" } });
    expect(bench.calendar.booked.size).toBe(1);
  });

  it("talks as a stored assistant, with overrides and variables", async () => {
    const assistantId = await createAssistant(bench, { firstMessage: "Hello {{callerName}}!" });
    const { call } = await ring({
      body: { assistantId, assistantOverrides: { variableValues: { callerName: "Maya" } } },
    });
    expect(call.assistantId).toBe(assistantId);
    expect(call.artifact?.transcript).toMatch(/^AI: Hello Maya!\n/);
    expect(call.artifact?.variableValues).toEqual({ callerName: "Maya" });
  });

  it("talks as the first member of a squad", async () => {
    const { call } = await ring({ body: { squad: { members: [{ assistant: assistantBody(bench.receiver) }] } } });
    expect(call.endedReason).toBe("assistant-ended-call");
  });

  it("speaks an error and hangs up", async () => {
    const { call } = await ring({ body: { error: "This number is not in service.", assistantId: "ignored" } });
    expect(call).toMatchObject({ endedReason: "assistant-request-returned-error" });
    expect(call.artifact?.transcript).toBe("AI: This number is not in service.\n");
    expect(bench.receiver.types().slice(-2)).toEqual(["status-update", "end-of-call-report"]);
  });

  it("forwards to a destination and ignores the rest", async () => {
    const destination = { type: "number", number: "+12025550177", message: "Connecting you." };
    const { call } = await ring({ body: { destination, assistant: assistantBody(bench.receiver) } });
    expect(call).toMatchObject({ endedReason: "assistant-request-returned-forwarding-phone-number", destination });
    expect(call.artifact?.transcript).toBe("AI: Connecting you.\n");
    expect(bench.receiver.of("status-update").map(({ message }) => message.status)).toEqual(["forwarding", "ended"]);
  });

  it.each<[string, Answer, string, object]>([
    [
      "a late answer",
      { afterMs: 400, body: { error: "x" } },
      "assistant-request-failed",
      { assistantRequestError: "Request timed out" },
    ],
    ["another status", { status: 503, text: "down" }, "assistant-request-failed", { assistantRequestResponse: "down" }],
    ["no JSON", { text: "<html>" }, "assistant-request-failed", { assistantRequestResponse: "<html>" }],
    ["an empty object", { body: {} }, "assistant-request-returned-no-assistant", {}],
    [
      "an unknown assistant",
      { body: { assistantId: "nobody" } },
      "assistant-request-returned-invalid-assistant",
      { assistantRequestError: ["Couldn't find assistant nobody"] },
    ],
    [
      "an assistant with a property the vendor does not know",
      { body: { assistant: { name: "x", server: { url: "https://a.example", secret: "s" } } } },
      "assistant-request-returned-invalid-assistant",
      { assistantRequestError: ["assistant.server.property secret should not exist"] },
    ],
    [
      "an error that cannot be spoken",
      { body: { error: { code: 1 } } },
      "assistant-request-returned-unspeakable-error",
      {},
    ],
  ])("ends after %s and says why", async (_, answer, reason, debugging) => {
    const { call } = await ring(answer);
    expect(call).toMatchObject({ status: "ended", endedReason: reason });
    expect(call.startedAt).toBeUndefined();
    const last = bench.receiver.received.at(-1)?.message;
    expect(last).toMatchObject({
      type: "status-update",
      status: "ended",
      endedReason: reason,
      inboundPhoneCallDebuggingArtifacts: { error: "Couldn't get assistant", ...debugging },
    });
    expect(bench.receiver.of("end-of-call-report")).toHaveLength(0);
  });

  it("falls back to the number's destination", async () => {
    const fallbackDestination = { type: "number", number: "+12025550188" };
    const { call } = await ring({ status: 500 }, { fallbackDestination });
    expect(call.destination).toEqual(fallbackDestination);
  });

  it("ends a call nobody can answer", async () => {
    const { call } = await ring({}, { server: undefined });
    expect(call.endedReason).toBe("call-start-error-neither-assistant-nor-server-set");
  });
});
