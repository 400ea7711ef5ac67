import { describe, expect, it } from "vitest";
import { furtherStatus } from "./call-status";
import { endedBecause } from "./ended-reason";
import { outcomeOf } from "./outcome";
import { MAX_ATTEMPTS, reconcileAfterMessage, reconcileAgain, SILENCE_MS } from "./reconcile-schedule";
import { transcriptOf } from "./transcript";
import { readWav } from "./wav";

describe("a call's status", () => {
  it("never goes back", () => {
    expect(furtherStatus("ended", "ringing")).toBe("ended");
    expect(furtherStatus("ringing", "in_progress")).toBe("in_progress");
    expect(furtherStatus("forwarding", "in_progress")).toBe("forwarding");
    expect(furtherStatus("queued", undefined)).toBe("queued");
  });
});

describe("why a call ended", () => {
  it.each([
    ["customer-ended-call", "caller"],
    ["customer-did-not-answer", "unanswered"],
    ["customer-busy", "unanswered"],
    ["assistant-ended-call", "agent"],
    ["assistant-said-end-call-phrase", "agent"],
    ["assistant-forwarded-call", "transferred"],
    ["assistant-request-returned-forwarding-phone-number", "transferred"],
    ["assistant-request-failed", "error"],
    ["assistant-not-found", "error"],
    ["call.in-progress.error-vapifault-worker-died", "error"],
    ["call.start.error-get-org", "error"],
    ["pipeline-error-openai-llm-failed", "error"],
    ["silence-timed-out", "timeout"],
    ["exceeded-max-duration", "timeout"],
    ["voicemail", "voicemail"],
    ["twilio-failed-to-connect-call", "unanswered"],
    ["vonage-rejected", "error"],
    ["some-new-error-of-theirs", "error"],
    ["never heard of", "unknown"],
    [undefined, "unknown"],
  ])("%s is %s", (reason, because) => expect(endedBecause(reason)).toBe(because));
});

describe("what came of a call", () => {
  const call = { wasAnswered: true, endedReason: "customer-ended-call", succeededTools: [] as string[] };
  it("is what its tools did, the weightiest first", () => {
    expect(outcomeOf({ ...call, succeededTools: ["take_message", "book_appointment"] })).toBe("booked");
    expect(outcomeOf({ ...call, succeededTools: ["take_message", "cancel_booking"] })).toBe("cancelled");
    for (const tool of ["book_series", "accept_offer"])
      expect(outcomeOf({ ...call, succeededTools: [tool] })).toBe("booked");
    expect(outcomeOf({ ...call, succeededTools: ["find_slots"] })).toBe("answered");
    expect(outcomeOf({ ...call, succeededTools: ["book_appointment"], endedReason: "pipeline-error-x" })).toBe(
      "booked",
    );
  });
  it("is missed when nobody picked up and failed when something broke", () => {
    expect(outcomeOf({ ...call, wasAnswered: false })).toBe("missed");
    expect(outcomeOf({ ...call, endedReason: "pipeline-error-x" })).toBe("failed");
    expect(outcomeOf({ ...call, endedReason: "assistant-forwarded-call" })).toBe("transferred");
    expect(outcomeOf({ ...call, endedReason: "voicemail" })).toBe("missed");
  });
});

describe("a conversation as text", () => {
  it("stands in the order in which it was said, and is cut before the index of words is full", () => {
    const said = (role: "agent" | "caller", text: string, offsetMs: number) => ({ role, text, offsetMs });
    expect(transcriptOf([said("caller", "Hi", 2), said("agent", "Hello", 1)])).toBe("Agent: Hello\nCaller: Hi");
    const long = transcriptOf([said("caller", "日本".repeat(100_000), 0)]);
    expect(Buffer.byteLength(long)).toBeGreaterThan(399_990);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(400_000);
    expect(long).toMatch(/^Caller: [日本]+$/);
  });
});

describe("when the provider is asked", () => {
  const now = new Date("2026-11-20T12:00:00Z");
  it("is soon after an end without a report, later after silence, and never after the report", () => {
    expect(reconcileAfterMessage(now, { isReported: true, isEnded: true, planned: null })).toBeNull();
    const afterEnd = reconcileAfterMessage(now, { isReported: false, isEnded: true, planned: null });
    const afterWords = reconcileAfterMessage(now, { isReported: false, isEnded: false, planned: null });
    expect(afterEnd?.getTime()).toBeLessThan(afterWords?.getTime() ?? 0);
  });
  it("is not moved with every word", () => {
    const planned = new Date(now.getTime() + SILENCE_MS - 1000);
    expect(reconcileAfterMessage(now, { isReported: false, isEnded: false, planned })).toBe(planned);
  });
  it("comes further and further apart, and ends", () => {
    const waits = Array.from({ length: MAX_ATTEMPTS }, (_, n) => reconcileAgain(now, n + 1)).map(
      (next) => next && next.getTime() - now.getTime(),
    );
    expect(waits.at(0)).toBe(30_000);
    expect(waits.at(-2)).toBe(3_600_000);
    expect(waits.at(-1)).toBeNull();
  });
});

describe("a WAV file", () => {
  function wav(options: { channels: number; rate: number; samples: number[]; claimed?: number; before?: Buffer }) {
    const data = Buffer.alloc(options.samples.length * 2);
    for (const [index, sample] of options.samples.entries()) data.writeInt16LE(sample, index * 2);
    const head = Buffer.alloc(36);
    head.write("RIFF\0\0\0\0WAVEfmt ", 0, "latin1");
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(1, 20);
    head.writeUInt16LE(options.channels, 22);
    head.writeUInt32LE(options.rate, 24);
    head.writeUInt16LE(16, 34);
    const size = Buffer.alloc(8);
    size.write("data", 0, "latin1");
    size.writeUInt32LE(options.claimed ?? data.length, 4);
    return Buffer.concat([head, options.before ?? Buffer.alloc(0), size, data]);
  }

  it("tells its length, channels and outline", () => {
    const samples = Array.from({ length: 2000 }, (_, n) => (n % 2 === 0 ? 32_767 : -16_384));
    expect(readWav(wav({ channels: 2, rate: 1000, samples }))).toMatchObject({ durationMs: 1000, channels: 2 });
    const facts = readWav(wav({ channels: 2, rate: 1000, samples }));
    expect(facts?.peaks.map((line) => Math.max(...line))).toEqual([100, 50]);
    expect(facts?.peaks[0]).toHaveLength(600);
  });
  it("is read past chunks it has besides, odd ones included, and as far as it goes", () => {
    const list = Buffer.from("LIST\x03\x00\x00\x00abc\x00", "latin1");
    expect(readWav(wav({ channels: 1, rate: 8000, samples: new Array(800).fill(1), before: list }))?.durationMs).toBe(
      100,
    );
    expect(
      readWav(wav({ channels: 1, rate: 8000, samples: new Array(800).fill(1), claimed: 0xffffffff }))?.durationMs,
    ).toBe(100);
  });
  it("that is none, or broken off, is not guessed at", () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from("RIFF"),
      Buffer.from("ID3 something"),
      wav({ channels: 0, rate: 8000, samples: [1] }),
      wav({ channels: 1, rate: 8000, samples: [] }).subarray(0, 30),
    ])
      expect(readWav(bytes)).toBeUndefined();
  });
});
