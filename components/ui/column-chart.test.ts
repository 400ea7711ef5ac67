import { describe, expect, it } from "vitest";
import { axisTop } from "./column-chart";

describe("the top of the axis", () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [7, 8],
    [11, 12],
    [90, 100],
    [201, 250],
    [4999, 5000],
    [10_075, 12_000],
  ])("for at most %s calls is %s", (most, top) => {
    expect(axisTop(most)).toBe(top);
  });
});
