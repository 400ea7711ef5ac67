import { expect, it } from "vitest";
import { dayColumns } from "./day-columns";

const words = {
  name: (share: { agentName: string | null }) => share.agentName ?? "No agent",
  say: String,
  label: (date: string) => date,
  tick: (date: string) => date.slice(-2),
};
const share = (agentName: string, minutes: number) => ({
  date: "2026-11-20",
  agentId: null,
  agentName,
  number: null,
  minutes,
  calls: 1,
  cost: BigInt(minutes * 25),
});

it("puts the greatest first, and those without a column of their own together, so that parts add up to their day", () => {
  const shares = ["a", "b", "c", "d", "e", "f", "g"].map((name, n) => share(name, n + 1));
  const day = { date: "2026-11-20", minutes: 28, cost: 700n, shares };
  const { series, columns } = dayColumns([day], true, words);
  expect(series).toEqual(["g", "f", "e", "d", "Others"]);
  expect(columns[0]?.parts.map((part) => part.size)).toEqual([175, 150, 125, 100, 150]);
  expect(columns[0]?.total.size).toBe(700);
});

it("shows days without calls, and nothing where there were none at all", () => {
  const { series, columns } = dayColumns([{ date: "2026-11-20", minutes: 0, cost: 0n, shares: [] }], false, words);
  expect(series).toEqual([]);
  expect(columns).toEqual([{ label: "2026-11-20", tick: "20", total: { size: 0, text: "0" }, parts: [] }]);
});
