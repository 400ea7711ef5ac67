import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readMessage } from "./map";

const folder = path.resolve(process.cwd(), "../shared/contracts/fixtures/vapi");
const fixture = (name: string): { raw: string; payload: unknown } | undefined => {
  try {
    const raw = readFileSync(path.join(folder, `${name}.json`), "utf8");
    return { raw, payload: JSON.parse(raw) as unknown };
  } catch {
    return undefined;
  }
};
const hasFixtures = fixture("tool-calls") !== undefined;
if (!hasFixtures) console.warn("skipped: the shared Vapi fixtures are not beside this folder");
const read = (name: string) => {
  const found = fixture(name);
  if (!found) throw new Error(`no fixture ${name}`);
  return readMessage(found.payload, found.raw);
};
const own = (message: object) => readMessage({ message }, JSON.stringify({ message }));
const call = {
  id: "c1",
  createdAt: "2026-11-20T12:00:00.000Z",
  startedAt: "2026-11-20T12:00:02.000Z",
  status: "in-progress",
};

describe.skipIf(!hasFixtures)("the recorded messages", () => {
  const args = { date: "2026-11-21", serviceId: "svc_cleaning", partySize: 1 };
  it.each(["tool-calls", "tool-calls.docs-flat-shape", "function-call.legacy"])(
    "%s asks for one tool with its arguments",
    (name) => {
      expect(read(name).body).toMatchObject({
        kind: "tool_calls",
        requests: [{ name: "checkAvailability", arguments: args }],
      });
    },
  );

  it.each(["end-of-call-report", "end-of-call-report.observed-top-level-extras"])("%s tells the whole call", (name) => {
    const { body, call: facts, dedupeKey } = read(name);
    expect(facts).toMatchObject({
      status: "ended",
      fromNumber: "+12025550123",
      toNumber: "+12025550100",
      answeredAt: new Date("2026-11-20T12:00:02.100Z"),
      endedAt: new Date("2026-11-20T12:01:01.400Z"),
      endedReason: "customer-ended-call",
    });
    expect(dedupeKey).toBe(`end-of-call-report:${facts?.externalId}`);
    if (body.kind !== "report") throw new Error(body.kind);
    expect(body.report.turns).toHaveLength(5);
    expect(body.report.turns[1]).toEqual({
      role: "caller",
      text: "Do you have anything tomorrow afternoon?",
      offsetMs: 4300,
      durationMs: 1800,
    });
    expect(body.report).toMatchObject({
      summary: "Caller booked a cleaning for 21 November at 15:30.",
      costMicros: 82_300,
      costBreakdown: { transport: 8500, transcriber: 9900, model: 6100, voice: 7400, platform: 49_500, analysis: 900 },
      hasRecording: true,
    });
  });

  it("a final transcript is a turn at its place, a partial one is only for the live view", () => {
    expect(read("transcript.final.subscribed-final-only").body).toEqual({
      kind: "turn",
      isFinal: true,
      turn: { role: "agent", text: "Thanks for calling Example Clinic, how can I help?", offsetMs: 3550 },
    });
    expect(read("transcript.partial").body).toMatchObject({ kind: "turn", isFinal: false, turn: { role: "caller" } });
  });

  it("a status tells how far the call is and, at its end, why", () => {
    expect(read("status-update.in-progress").call).toMatchObject({ status: "in_progress", endedAt: undefined });
    expect(read("status-update.forwarding").call).toMatchObject({ status: "forwarding" });
    expect(read("status-update.ended").call).toMatchObject({ status: "ended", endedReason: "customer-ended-call" });
    expect(read("status-update.ended.assistant-request-failed").call).toMatchObject({
      answeredAt: undefined,
      endedReason: "assistant-request-failed",
    });
    expect(read("status-update.ended").dedupeKey).toMatch(/^status-update:.+:ended$/);
  });
});

describe("tool arguments", () => {
  const requests = (...toolCallList: unknown[]) => {
    const { body } = own({ type: "tool-calls", call, toolCallList });
    return body.kind === "tool_calls" ? body.requests : [];
  };
  it("come as text, as an object, flat, or not at all", () => {
    expect(
      requests(
        { id: "1", function: { name: "a", arguments: '{"x":1}' } },
        { id: "2", function: { name: "a", arguments: { x: 1 } } },
        { id: "3", name: "a", arguments: { x: 1 } },
        { id: "4", name: "a", parameters: { x: 1 } },
        { id: "5", name: "a", parameters: '{"x":1}' },
        { id: "6", function: { name: "a" } },
        { id: "7", function: { name: "a", arguments: " " } },
      ).map((request) => request.arguments),
    ).toEqual([{ x: 1 }, { x: 1 }, { x: 1 }, { x: 1 }, { x: 1 }, {}, {}]);
  });
  it("that are no JSON object are undefined, whatever they are", () => {
    const nested = `${'{"a":'.repeat(60)}1${"}".repeat(60)}`;
    for (const bad of ["{", "null", "[1]", "7", [1], 7, true, nested])
      expect(requests({ id: "1", function: { name: "a", arguments: bad } })).toEqual([
        { id: "1", name: "a", arguments: undefined },
      ]);
  });
  it("lose what the database cannot store", () => {
    expect(requests({ id: "1", name: "a", arguments: '{"x":"a\\u0000b\\ud800"}' })[0]?.arguments).toEqual({
      x: "a\uFFFDb\uFFFD",
    });
  });
  it("are forty at most: a megabyte of them would keep a connection from everybody else for minutes", () => {
    const toolCallList = Array.from({ length: 1000 }, (_, n) => ({ id: `t${n}`, name: "find_slots", arguments: {} }));
    const { body } = own({ type: "tool-calls", call, toolCallList });
    if (body.kind !== "tool_calls") throw new Error(body.kind);
    expect(body.requests).toHaveLength(40);
    expect(body.requests.at(-1)?.id).toBe("t39");
  });
  it("are found in toolWithToolCallList when the plain list is missing; entries without an id are passed over", () => {
    const { body } = own({
      type: "tool-calls",
      call,
      toolWithToolCallList: [
        { type: "function", name: "a", toolCall: { id: "1", parameters: { x: 1 } } },
        { toolCall: {} },
        7,
        null,
      ],
    });
    expect(body).toMatchObject({ requests: [{ id: "1", name: "a", arguments: { x: 1 } }] });
  });
});

describe("keys", () => {
  it("tell fifty transcripts apart and know a redelivery", () => {
    const said = (n: number) =>
      own({ type: "transcript", role: "user", transcriptType: "final", transcript: `s${n}`, call });
    const keys = new Set(Array.from({ length: 50 }, (_, n) => said(n).dedupeKey));
    expect(keys.size).toBe(50);
    expect(said(7).dedupeKey).toBe(said(7).dedupeKey);
  });
  it("of tool calls go by their ids, so that the growing conversation beside them does not matter", () => {
    const ask = (beside: object, ...ids: string[]) =>
      own({ type: "tool-calls", call, toolCallList: ids.map((id) => ({ id, name: "a" })), ...beside });
    expect(ask({ timestamp: 1 }, "a", "b").dedupeKey).toBe(ask({ timestamp: 2 }, "a", "b").dedupeKey);
    expect(ask({}, "a", "b").dedupeKey).not.toBe(ask({}, "ab").dedupeKey);
  });
  it("of messages without a call go by their bytes", () => {
    expect(own({ type: "status-update", status: "ended" }).dedupeKey).not.toBe(
      own({ type: "status-update", status: "ended", x: 1 }).dedupeKey,
    );
  });
});

describe("anything else", () => {
  it("is a message too, as long as it has a type", () => {
    expect(own({ type: "brand-new", call }).body).toEqual({ kind: "other" });
    expect(own({ type: "transcript", call }).body).toEqual({ kind: "other" });
    expect(own({ type: "end-of-call-report", call: { id: "c" } }).body).toMatchObject({
      kind: "report",
      report: { turns: [], hasRecording: false },
    });
    for (const bad of [null, [], 7, "x", {}, { message: null }, { message: { type: 7 } }])
      expect(() => readMessage(bad, "")).toThrow(/type/);
  });
  it("with absurd values neither throws nor stores them", () => {
    const { call: facts, body } = own({
      type: "transcript",
      transcriptType: "final",
      transcript: "x",
      timestamp: 1e300,
      call: { id: "c", createdAt: "not a date", startedAt: 9e99, status: "dancing" },
    });
    expect(facts).toMatchObject({ createdAt: undefined, answeredAt: undefined, status: undefined });
    expect(body).toMatchObject({ kind: "turn", turn: { offsetMs: 0 } });
  });
  it("takes no word for one of ours that every object has", () => {
    const word = "constructor";
    expect(own({ type: "status-update", status: word, call: { id: "c", status: word } }).call?.status).toBeUndefined();
    const { body } = own({
      type: "end-of-call-report",
      call,
      artifact: { messages: [{ role: word, message: "x" }] },
      costs: [{ type: word, cost: 0.25 }],
    });
    expect(body).toMatchObject({ report: { turns: [], costBreakdown: { other: 250_000 } } });
  });
  it.each(["+275760-09-13T00:00:00.000Z", "-271821-04-20T00:00:00.000Z", 8.64e15, -8.64e15, -1])(
    "takes no instant of %s, which the database could not read",
    (instant) => {
      const { call: facts } = own({
        type: "end-of-call-report",
        endedAt: instant,
        call: { id: "c", createdAt: instant },
      });
      expect(facts).toMatchObject({ createdAt: undefined, endedAt: undefined });
    },
  );
  it("has at most three thousand turns, however it tells them", () => {
    const messages = Array.from({ length: 5000 }, (_, n) => ({ role: "user", message: `m${n}` }));
    for (const artifact of [{ messages }, { transcript: "AI: a\nUser: b\n".repeat(2500) }]) {
      const { body } = own({ type: "end-of-call-report", call, artifact });
      expect(body.kind === "report" && body.report.turns.length).toBe(3000);
    }
  });
  it("costs no sum that no column holds", () => {
    const costs = [
      { type: "model", cost: 1e308 },
      { type: "voice", cost: 0.25 },
    ];
    const { body } = own({ type: "end-of-call-report", call, cost: 1e20, costs });
    expect(body).toMatchObject({ report: { costMicros: 250_000, costBreakdown: { voice: 250_000 } } });
  });
  it("of any length has a key and a number that an index takes, and stays one event", () => {
    const long = "é".repeat(20_000);
    for (const message of [{ type: long }, { type: "status-update", status: long }]) {
      const told = own({ ...message, call });
      expect(told.dedupeKey.length).toBeLessThan(200);
      expect(own({ ...message, call }).dedupeKey).toBe(told.dedupeKey);
      expect(own({ ...message, x: 1, call: { ...call, id: "other" } }).dedupeKey).not.toBe(told.dedupeKey);
    }
    const { call: facts } = own({ type: "hang", call, customer: { number: `${"1".repeat(255)}😀` } });
    expect(facts?.fromNumber).toBe("1".repeat(255));
  });
  it("reads a transcript that is plain text, and costs that are only summed up", () => {
    const { body } = own({
      type: "end-of-call-report",
      call: { ...call, status: "ended" },
      transcript: "AI: Hello.\nUser: Hi,\nit is me.\n",
      costBreakdown: { stt: 0.001, llm: 0.002, analysisCostBreakdown: { summary: 0.0005 } },
    });
    expect(body).toMatchObject({
      report: {
        turns: [
          { role: "agent", text: "Hello." },
          { role: "caller", text: "Hi,\nit is me." },
        ],
        costMicros: 3500,
        costBreakdown: { transcriber: 1000, model: 2000, analysis: 500 },
      },
    });
  });
});
