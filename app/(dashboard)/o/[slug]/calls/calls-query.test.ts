import { describe, expect, it } from "vitest";
import { businessDay } from "@/lib/calls";
import { newId } from "@/lib/platform/ids";
import { callsHref, filterOf, readCallsAddress, viewHref } from "./calls-query";

const timeZone = "America/New_York";
const today = businessDay(new Date("2026-11-21T02:30:00.000Z"), timeZone);

describe("the address of the calls list", () => {
  it("is read leniently: what means nothing is left out", () => {
    const agent = newId("agent");
    expect(readCallsAddress({ q: " poodle ", day: "today", outcome: "booked", review: "1", agent })).toEqual({
      q: "poodle",
      day: "today",
      outcome: "booked",
      review: "1",
      agent,
    });
    expect(
      readCallsAddress({
        q: "  ",
        day: "tomorrow",
        outcome: "won",
        agent: "' or 1=1",
        cursor: "x".repeat(201),
        dir: "newer",
      }),
    ).toEqual({});
    expect(readCallsAddress({ outcome: ["missed", "booked"], dir: "newer" })).toEqual({ outcome: "missed" });
  });

  it("means the business's day, not the server's", () => {
    expect(filterOf({ day: "today" }, today, timeZone)).toEqual({
      from: new Date("2026-11-20T05:00:00.000Z"),
      to: new Date("2026-11-21T05:00:00.000Z"),
    });
    expect(filterOf({ day: "2026-07-01" }, today, timeZone).from).toEqual(new Date("2026-07-01T04:00:00.000Z"));
    expect(filterOf({ outcome: "missed", review: "1" }, today, timeZone)).toEqual({
      outcome: "missed",
      needsReview: true,
    });
  });

  it("keeps the other filters and starts over when one changes", () => {
    const address = readCallsAddress({ q: "a b", outcome: "booked", cursor: "c1", dir: "newer" });
    expect(callsHref("/o/x/calls", address, { review: "1" })).toBe("/o/x/calls?q=a+b&outcome=booked&review=1");
    expect(callsHref("/o/x/calls", address, { outcome: undefined, q: undefined })).toBe("/o/x/calls");
    expect(callsHref("/o/x/calls", address, { cursor: "c2" })).toBe("/o/x/calls?q=a+b&outcome=booked&cursor=c2");
    expect(viewHref("/o/x/calls", { filter: { review: "1", outcome: "booked", q: "a b" } })).toBe(
      callsHref("/o/x/calls", readCallsAddress({ ...address, review: "1" }), {}),
    );
    expect(callsHref("/o/x/calls", {}, { cursor: "c2", dir: "newer" })).toBe("/o/x/calls?cursor=c2&dir=newer");
  });
});
