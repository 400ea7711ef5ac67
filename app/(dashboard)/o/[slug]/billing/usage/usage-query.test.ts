import { expect, it } from "vitest";
import { newId } from "@/lib/platform/ids";
import { readUsageAddress, usageHref } from "./usage-query";

const span = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-12-01T00:00:00Z") };

it("reads back what it has written, and begins at the first page again with another filter", () => {
  const agent = newId("agent");
  const href = usageHref("/usage", { span, cursor: "abc" }, { agent, day: "2026-11-20" });
  expect(readUsageAddress(Object.fromEntries(new URL(href, "http://x").searchParams))).toEqual({
    span,
    agent,
    day: "2026-11-20",
  });
  expect(usageHref("/usage", { agent }, { agent: undefined })).toBe("/usage");
  expect(usageHref("/usage", { agent }, { cursor: "abc" })).toContain("cursor=abc");
});

it("leaves out what means nothing", () => {
  for (const wrong of [
    { from: "2026-12-01T00:00:00Z", to: "2026-11-01T00:00:00Z" },
    { from: "0000-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z" },
    { from: "1969-12-31T23:59:59Z", to: "2026-01-01T00:00:00Z" },
    { from: "yesterday", to: "2026-99-99T99:99:99Z" },
    { day: "2026-02-30" },
    { agent: "robert'); drop table" },
    { cursor: "x".repeat(500) },
    { day: ["", "2026-11-20"] },
  ])
    expect(readUsageAddress(wrong)).toEqual({});
});
