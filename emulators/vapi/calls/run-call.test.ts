import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, createAssistant, openBench } from "../testing/call-bench";

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

describe("a call that books", () => {
  it("tells the webhook its life in order and passes slots on by reference", async () => {
    const assistantId = await createAssistant(bench);
    const { call, isDone } = await bench.run({ assistantId });
    expect(isDone).toBe(true);
    expect(call.status).toBe("ended");
    expect(call.endedReason).toBe("assistant-ended-call");
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
});
