import { expect, test } from "vitest";
import type { Explained } from "@/lib/scheduling";
import { groupTimes } from "./group-times";

const refused = (startMs: number, minute: number): Explained => ({
  startMs,
  isBookable: false,
  isOffered: false,
  why: { rule: "before_opening", day: 1, minute, isDate: false },
  say: `We open at ${minute}`,
  who: undefined,
  staff: [],
});
const offered = (startMs: number, name: string): Explained => ({
  startMs,
  isBookable: true,
  isOffered: true,
  why: undefined,
  say: `${startMs} is free`,
  who: { id: name, by: "only_one", why: "", name },
  staff: [],
});

test("times that one rule decides stand together, and no longer than it does", () => {
  const runs = groupTimes([
    refused(1, 9),
    refused(2, 9),
    refused(3, 10),
    offered(4, "a"),
    offered(5, "b"),
    offered(6, "b"),
  ]);
  expect(runs.map((run) => [run.verdict, run.rule, run.times.map((time) => time.startMs)])).toEqual([
    ["refused", "before_opening", [1, 2]],
    ["refused", "before_opening", [3]],
    ["offered", "offered", [4]],
    ["offered", "offered", [5, 6]],
  ]);
  expect(groupTimes([])).toEqual([]);
});
