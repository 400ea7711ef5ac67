import { describe, expect, it } from "vitest";
import { lanesOf } from "./lanes";

const item = (id: string, startMinute: number, endMinute: number) => ({ id, startMinute, endMinute });

describe("lanes", () => {
  it("gives things that only touch the whole width", () => {
    const lanes = lanesOf([item("a", 60, 90), item("b", 90, 120)]);
    expect(lanes.get("a")).toEqual({ lane: 0, lanes: 1 });
    expect(lanes.get("b")).toEqual({ lane: 0, lanes: 1 });
  });

  it("puts what overlaps side by side and uses a lane again once it is free", () => {
    const lanes = lanesOf([
      item("long", 60, 180),
      item("one", 70, 100),
      item("two", 100, 130),
      item("later", 200, 230),
    ]);
    expect(lanes.get("long")).toEqual({ lane: 0, lanes: 2 });
    expect(lanes.get("one")).toEqual({ lane: 1, lanes: 2 });
    expect(lanes.get("two")).toEqual({ lane: 1, lanes: 2 });
    expect(lanes.get("later")).toEqual({ lane: 0, lanes: 1 });
  });
});
