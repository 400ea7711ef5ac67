import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type EventSourceLike, isWanted, LiveConnection, type LiveEvent, type LiveState } from "./connection";

function stage() {
  const opened: { url: string; source: EventSourceLike; closed: boolean }[] = [];
  const connection = new LiveConnection(
    "/o/acme/live",
    (url) => {
      const entry = { url, closed: false, source: {} as EventSourceLike };
      entry.source = {
        readyState: 0,
        onopen: null,
        onerror: null,
        onmessage: null,
        close: () => {
          entry.closed = true;
        },
      };
      opened.push(entry);
      return entry.source;
    },
    () => 1,
  );
  const events: LiveEvent[] = [];
  const states: LiveState[] = [];
  const stop = connection.listen({ onEvent: (event) => events.push(event), onState: (state) => states.push(state) });
  const last = () => {
    const entry = opened.at(-1);
    if (!entry) throw new Error("nothing was opened");
    return entry;
  };
  const send = (data: string, lastEventId: string) =>
    last().source.onmessage?.(new MessageEvent("message", { data, lastEventId }));
  const fail = (readyState: number) => {
    last().source.readyState = readyState;
    last().source.onerror?.(new Event("error"));
  };
  return { opened, connection, events, states, stop, send, fail, last };
}

describe("a live connection", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("hands on events with their kind and ignores what is not one of ours", () => {
    const { events, send } = stage();
    send('{"kind":"call.ended","callId":"call_1"}', "7");
    send("not json", "8");
    send('{"other":1}', "9");
    expect(events).toEqual([{ kind: "call.ended", id: "7", data: { kind: "call.ended", callId: "call_1" } }]);
  });

  it("resumes after the last event it saw once the browser has given up, waiting longer each time", () => {
    const { opened, send, fail, states } = stage();
    send('{"kind":"call.started"}', "41");
    fail(2);
    expect(states.at(-1)).toBe("reconnecting");
    vi.advanceTimersByTime(999);
    expect(opened).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(opened[1]?.url).toBe("/o/acme/live?lastEventId=41");
    fail(2);
    vi.advanceTimersByTime(1999);
    expect(opened).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(opened).toHaveLength(3);
  });

  it("leaves a stream alone that the browser is resuming by itself", () => {
    const { opened, fail, last, states } = stage();
    fail(0);
    vi.advanceTimersByTime(120_000);
    expect(opened).toHaveLength(1);
    last().source.onopen?.(new Event("open"));
    expect(states).toEqual(["connecting", "reconnecting", "open"]);
  });

  it("is shared: the second listener opens nothing, the last one to leave closes it", () => {
    const { opened, connection, stop } = stage();
    const leave = connection.listen({});
    expect(opened).toHaveLength(1);
    stop();
    expect(opened[0]?.closed).toBe(false);
    leave();
    expect(opened[0]?.closed).toBe(true);
  });
});

describe("isWanted", () => {
  it("takes a prefix that ends in a dot, an exact kind, or everything", () => {
    expect(isWanted("call.ended", ["call."])).toBe(true);
    expect(isWanted("booking.created", ["call.", "booking.created"])).toBe(true);
    expect(isWanted("booking.moved", ["call.", "booking.created"])).toBe(false);
    expect(isWanted("anything", [])).toBe(true);
  });
});
