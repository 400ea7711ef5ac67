import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../http/clock";
import { type Bench, createAssistant, type FinishedCall, openBench } from "../testing/call-bench";

let bench: Bench;
let finished: FinishedCall;
let laterMs = 0;

beforeAll(async () => {
  bench = await openBench({ clock: { ...systemClock, now: () => Date.now() + laterMs } });
  const turns = [
    { agent: "Good morning." },
    { caller: "Hello, is anybody there?", cutAfterMs: 800 },
    { agent: "Goodbye." },
    { hangUp: "assistant" },
  ];
  finished = await bench.run({ script: { turns }, speech: "synthesised", assistantId: await createAssistant(bench) });
});
afterAll(() => bench.close());

async function redirect(kind: string): Promise<string> {
  const response = await fetch(`${bench.emulator.url}/call/${finished.call.id}/${kind}`, {
    redirect: "manual",
    headers: { authorization: "Bearer key" },
  });
  expect(response.status).toBe(302);
  return response.headers.get("location") ?? "";
}

async function download(kind: string): Promise<Buffer> {
  const response = await fetch(await redirect(kind));
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

function read(wav: Buffer) {
  const channels = wav.readUInt16LE(22);
  const rate = wav.readUInt32LE(24);
  const frames = wav.readUInt32LE(40) / (channels * 2);
  const loudest = (channel: number, fromMs: number, toMs: number) => {
    let peak = 0;
    for (let frame = Math.floor((fromMs * rate) / 1000); frame < Math.min(frames, (toMs * rate) / 1000); frame++) {
      peak = Math.max(peak, Math.abs(wav.readInt16LE(44 + (frame * channels + channel) * 2)));
    }
    return peak;
  };
  return { channels, rate, frames, ms: (frames / rate) * 1000, loudest };
}

describe("recordings", () => {
  it("are as long as the conversation and hold each voice on its own channel, when it speaks", async () => {
    const wav = read(await download("stereo-recording"));
    const parts = finished.timeline;
    const endMs = Math.max(...parts.map((part) => part.startMs + part.durationMs));
    expect(wav).toMatchObject({ channels: 2, rate: 16_000 });
    expect(Math.abs(wav.ms - endMs)).toBeLessThan(1000);
    expect(parts.map((part) => part.speaker)).toEqual(["assistant", "user", "assistant"]);
    for (const part of parts) {
      const [own, other] = part.speaker === "assistant" ? [0, 1] : [1, 0];
      expect(wav.loudest(own, part.startMs, part.startMs + part.durationMs)).toBeGreaterThan(1000);
      expect(wav.loudest(other, part.startMs, part.startMs + part.durationMs)).toBe(0);
    }
    expect(wav.loudest(0, 0, (parts[0]?.startMs ?? 0) - 1)).toBe(0);
    const length = Date.parse(finished.call.endedAt ?? "") - Date.parse(finished.call.startedAt ?? "");
    expect(Math.abs(length - wav.ms)).toBeLessThan(1000);
  });

  it("are cut where a speaker was cut", () => {
    expect(finished.timeline[1]?.durationMs).toBe(800);
  });

  it("exist mixed and for each party alone", async () => {
    const [mono, assistant, customer] = await Promise.all(
      ["mono-recording", "assistant-recording", "customer-recording"].map(download),
    );
    const [first, second] = finished.timeline;
    if (!mono || !assistant || !customer || !first || !second) throw new Error("missing");
    const during = (part: typeof first) => [part.startMs, part.startMs + part.durationMs] as const;
    expect(read(mono).channels).toBe(1);
    expect(read(mono).loudest(0, ...during(first))).toBeGreaterThan(1000);
    expect(read(mono).loudest(0, ...during(second))).toBeGreaterThan(1000);
    expect(read(assistant).loudest(0, ...during(second))).toBe(0);
    expect(read(customer).loudest(0, ...during(first))).toBe(0);
  });

  it("serve ranges", async () => {
    const response = await fetch(await redirect("mono-recording"), { headers: { range: "bytes=0-43" } });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-type")).toBe("audio/wav");
    expect(Buffer.from(await response.arrayBuffer()).toString("latin1", 0, 4)).toBe("RIFF");
  });

  it("open to a signed link alone: not unsigned, not altered, not beside a key, not after its time", async () => {
    const link = await redirect("stereo-recording");
    expect(new URL(link).origin).toBe(bench.emulator.url);
    const statusOf = async (url: string, headers: Record<string, string> = {}) =>
      (await fetch(url, { headers })).status;
    expect(await statusOf(link.split("?")[0] ?? "")).toBe(403);
    expect(await statusOf(`${link}0`)).toBe(403);
    expect(await statusOf(link.replace("-stereo.wav", "-mono.wav"))).toBe(403);
    expect(await statusOf(link.replace(/expires=\d+/, "expires=9999999999999"))).toBe(403);
    expect(await statusOf(finished.call.artifact?.recordingUrl ?? "")).toBe(403);
    expect(await statusOf(link, { authorization: "Bearer key" })).toBe(400);
    laterMs = 61_000;
    expect(await statusOf(link)).toBe(403);
    laterMs = 0;
    expect(await statusOf(link)).toBe(200);
  });

  it("come with a call log", async () => {
    const lines = gunzipSync(await download("call-logs"))
      .toString("utf8")
      .trim()
      .split("\n");
    expect(lines.map((line) => (JSON.parse(line) as { category: string }).category)).toContain("call");
  });

  it("are not there for a call still going, or one the assistant does not record", async () => {
    const assistantId = await createAssistant(bench, { artifactPlan: { recordingEnabled: false } });
    const { call } = await bench.run({ assistantId, scenario: "message" });
    expect(call.artifact?.recordingUrl).toBeUndefined();
    expect(await bench.api("GET", `/call/${call.id}/mono-recording`)).toMatchObject({
      status: 404,
      body: { statusCode: 404 },
    });
  });
});
