import { expect, it } from "vitest";
import { askedCalls } from "./provider-sample";

const calls = (count: number, state: "open" | "given_up" | "ended" = "ended") =>
  Array.from({ length: count }, (_, n) => ({ callId: `${state}_${String(n).padStart(4, "0")}`, state }));
const idsOf = (some: { callId: string }[]) => some.map(({ callId }) => callId);

it("asks about what got stuck and what differs, and about twenty others, whatever there is of them", () => {
  const all = [...calls(500), ...calls(3, "open"), ...calls(2, "given_up")];
  const asked = idsOf(askedCalls(all, new Set(["ended_0007"]), "2026-11-21"));
  expect(asked).toHaveLength(3 + 2 + 1 + 20);
  expect(asked).toEqual(expect.arrayContaining(["ended_0007", "open_0000", "given_up_0001"]));
  expect(new Set(asked).size).toBe(asked.length);
  expect(askedCalls(calls(300, "open"), new Set(), "2026-11-21")).toHaveLength(100);
  expect(askedCalls(calls(5), new Set(), "2026-11-21")).toHaveLength(5);
});

it("asks the same on one day and others on the next, each as often as any other", () => {
  const all = calls(200);
  const night = (n: number) => idsOf(askedCalls(all, new Set(), `night ${n}`));
  expect(night(1)).toEqual(night(1));
  const times = new Map(idsOf(all).map((id) => [id, 0]));
  for (let n = 0; n < 400; n++) for (const id of night(n)) times.set(id, (times.get(id) ?? 0) + 1);
  // 40 on average.
  expect(Math.min(...times.values())).toBeGreaterThan(15);
  expect(Math.max(...times.values())).toBeLessThan(75);
});
