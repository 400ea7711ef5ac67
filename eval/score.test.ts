import { expect, it } from "vitest";
import { scoreOf } from "./score";

const row = (id: string, got: unknown, isCorrect: boolean) => ({
  id,
  expected: 1,
  got,
  isCovered: got !== undefined,
  isCorrect,
});

it("counts what is right over all rows, answered or not, and lists the rest", () => {
  expect(scoreOf([row("a", 1, true), row("b", 2, false), row("c", undefined, false), row("d", 1, true)])).toEqual({
    n: 4,
    covered: 0.75,
    correct: 2,
    accuracy: 0.5,
    misses: [
      { id: "b", expected: 1, got: 2 },
      { id: "c", expected: 1, got: undefined },
    ],
  });
});

it("scores an empty file without dividing by nothing", () => {
  expect(scoreOf([])).toEqual({ n: 0, covered: 0, correct: 0, accuracy: 0, misses: [] });
});
