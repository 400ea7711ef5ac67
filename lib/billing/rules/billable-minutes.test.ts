import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { believableTimes } from "./believable-times";
import { countCall, type EndedCall } from "./billable-minutes";

const answeredAt = new Date("2026-11-20T10:00:00Z");
const later = (seconds: number) => new Date(answeredAt.getTime() + seconds * 1000);
const call = (facts: Partial<EndedCall> = {}): EndedCall => ({
  kind: "phone",
  answeredAt,
  endedAt: later(60),
  endedReason: "customer-ended-call",
  durationSeconds: null,
  isReported: true,
  isLimited: false,
  lastHeardAt: null,
  ...facts,
});

describe("when a call was, as far as its messages can be believed", () => {
  const seen = { firstAt: answeredAt, lastAt: later(180), lastTurnAt: null, lastToolAt: null };
  const told = { answeredAt, endedAt: later(170) };
  const year = (n: number) => new Date(Date.UTC(n, 0));
  it.each<[string, Partial<typeof told>, Partial<Parameters<typeof believableTimes>[1]>, object]>([
    ["as it was told", {}, {}, { ...told, outlivedEnd: false }],
    ["no end of another century", { endedAt: year(1971) }, {}, { endedAt: later(-86_400) }],
    ["no end that nobody has seen yet", { endedAt: year(9999) }, {}, { endedAt: later(480) }],
    ["no beginning of another century", { answeredAt: year(1970) }, {}, { answeredAt: later(-86_400) }],
    [
      "no end before its last tool",
      { endedAt: later(5) },
      { lastToolAt: later(150) },
      { endedAt: later(150), outlivedEnd: true },
    ],
    [
      "a turn that came late moves no end",
      { endedAt: later(5) },
      { lastTurnAt: later(150) },
      { endedAt: later(5), outlivedEnd: true },
    ],
    [
      "a clock that is an hour from ours makes no call longer",
      { answeredAt: later(-3600), endedAt: later(-3430) },
      { lastToolAt: later(150), lastTurnAt: later(160) },
      { answeredAt: later(-3600), endedAt: later(-3430), outlivedEnd: false },
    ],
    [
      "also on such a clock no end before its last tool",
      { answeredAt: later(-3600), endedAt: later(-3595) },
      { lastToolAt: later(150) },
      { endedAt: later(-3450), outlivedEnd: true },
    ],
    ["a word that came with the end", {}, { lastTurnAt: later(175) }, { endedAt: later(170), outlivedEnd: false }],
  ])("%s", (_, says, saw, expected) => {
    expect(believableTimes({ ...told, ...says }, { ...seen, ...saw })).toMatchObject(expected);
  });
});

describe("what a call counts for", () => {
  it.each<[string, Partial<EndedCall>, number, string | null]>([
    ["a minute to the second", {}, 1, null],
    ["a second more", { endedAt: later(61) }, 2, null],
    ["a quarter of a minute", { endedAt: later(15) }, 1, null],
    ["a hang-up at the greeting", { endedAt: later(5) }, 0, "too_short"],
    ["six seconds", { endedAt: later(6) }, 1, null],
    ["a test call", { kind: "test", endedAt: later(600) }, 0, "test_call"],
    ["one in which only a message could be left", { isLimited: true, endedAt: later(600) }, 0, "limited"],
    ["a call from a browser", { kind: "web" }, 1, null],
    ["one nobody answered", { answeredAt: null, endedReason: "customer-did-not-answer" }, 0, "not_answered"],
    ["one refused before it was answered", { answeredAt: null, endedReason: null }, 0, "not_answered"],
    ["one our model cut short", { endedReason: "pipeline-error-openai-llm-failed" }, 0, "our_failure"],
    ["one our agent never joined", { endedReason: "assistant-join-timed-out" }, 0, "our_failure"],
    ["one the line cut short", { endedReason: "call.in-progress.error-vapifault-worker-died" }, 0, "our_failure"],
    ["one that went on after what cut it short", { endedReason: "pipeline-error", outlivedEnd: true }, 1, null],
    ["one passed on to a person", { endedReason: "assistant-forwarded-call", endedAt: later(125) }, 3, null],
    ["voicemail that was talked to", { endedReason: "voicemail", endedAt: later(30) }, 1, null],
    ["one told by its length alone", { answeredAt: null, endedAt: null, durationSeconds: 90 }, 2, null],
    [
      "one that got stuck, to the last word of it",
      { isReported: false, endedReason: "unknown", endedAt: later(7200), lastHeardAt: later(100) },
      2,
      null,
    ],
    [
      "one the provider forgot, of which nothing was heard",
      { isReported: false, endedReason: "not-found", endedAt: later(7200) },
      0,
      "too_short",
    ],
    [
      "one that got stuck, by its real end once that is known",
      { isReported: true, endedReason: "silence-timed-out", endedAt: later(3600), lastHeardAt: later(100) },
      60,
      null,
    ],
    ["a clock that ran backwards", { endedAt: later(-30) }, 0, "too_short"],
  ])("%s", (_, facts, minutes, unbilled) => {
    expect(countCall(call(facts))).toMatchObject({ minutes, unbilled });
  });

  it("is never less than the time talked, never a whole minute more, and nothing without saying why", () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 100_000 }), fc.constantFrom("phone", "web", "test"), (seconds, kind) => {
        const { minutes, unbilled } = countCall(call({ kind: kind as EndedCall["kind"], endedAt: later(seconds) }));
        expect(unbilled === null).toBe(minutes > 0);
        if (minutes > 0) expect([minutes * 60 >= seconds, minutes * 60 - seconds < 60]).toEqual([true, true]);
      }),
    );
  });
});
