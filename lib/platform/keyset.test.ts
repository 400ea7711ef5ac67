import { describe, expect, it } from "vitest";
import { type Cursor, decodeCursor } from "./cursor";
import { keysetPage } from "./keyset";

const row = (n: number) => ({ at: new Date(n * 1000), id: `call_${n}` });
const page = (rows: Cursor[], direction: "older" | "newer", fromStart = false) =>
  keysetPage(rows, { limit: 2, direction, fromStart, place: (r) => r });

describe("keysetPage", () => {
  it("the first page knows only what is older", () => {
    const first = page([row(9), row(8), row(7)], "older", true);
    expect(first.items.map((r) => r.id)).toEqual(["call_9", "call_8"]);
    expect(first.newerCursor).toBeNull();
    expect(decodeCursor(first.olderCursor ?? undefined)).toEqual(row(8));
  });

  it("the last page knows only what is newer", () => {
    const last = page([row(2), row(1)], "older");
    expect(last.olderCursor).toBeNull();
    expect(decodeCursor(last.newerCursor ?? undefined)).toEqual(row(2));
  });

  it("a page read upwards is shown newest first", () => {
    const middle = page([row(3), row(4), row(5)], "newer");
    expect(middle.items.map((r) => r.id)).toEqual(["call_4", "call_3"]);
    expect(decodeCursor(middle.newerCursor ?? undefined)).toEqual(row(4));
    expect(decodeCursor(middle.olderCursor ?? undefined)).toEqual(row(3));
  });

  it("an empty list goes nowhere", () => {
    expect(page([], "older", true)).toEqual({ items: [], newerCursor: null, olderCursor: null });
  });
});
