import { describe, expect, it } from "vitest";
import { peaksOf, peaksOfTurns, peaksPath } from "./peaks";

describe("peaks", () => {
  it("keeps the loudest sample of every slice, whichever its sign, relative to the loudest of all", () => {
    expect(peaksOf([0, 0.1, -0.5, 0.2, 0, 0, 0.25, 0], 4)).toEqual([0.2, 1, 0, 0.5]);
  });

  it("leaves silence flat and needs no sample at all", () => {
    expect(peaksOf([0, 0], 2)).toEqual([0, 0]);
    expect(peaksOf([], 2)).toEqual([0, 0]);
  });

  it("shows who speaks when before the sound is there", () => {
    const peaks = peaksOfTurns(
      [
        { id: "a", role: "agent", text: "Hello", offsetMs: 0, durationMs: 1000 },
        { id: "b", role: "caller", text: "Hi", offsetMs: 2000, durationMs: null },
      ],
      4000,
      4,
    );
    expect(peaks.agent.map(Boolean)).toEqual([true, false, false, false]);
    expect(peaks.caller.map(Boolean)).toEqual([false, false, true, true]);
  });

  it("draws a hairline for silence and never leaves its box", () => {
    expect(peaksPath([0, 1], 20)).toBe("M0.5 9.5V10.5M1.5 1.0V19.0");
  });
});
