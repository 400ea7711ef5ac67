import { describe, expect, it } from "vitest";
import { axisTop } from "./column-chart";

describe("the top of the axis", () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 5],
    [7, 10],
    [11, 20],
    [201, 500],
    [4999, 5000],
  ])("for at most %s calls is %s", (most, top) => {
    expect(axisTop(most)).toBe(top);
  });
});
