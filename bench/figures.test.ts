import { expect, test } from "vitest";
import { median, onLines, percentile } from "./figures";

test("percentiles are samples, not averages", () => {
  const samples = [5, 1, 4, 2, 3];
  expect(median(samples)).toBe(3);
  expect(percentile(samples, 0.95)).toBe(5);
  expect(percentile(samples, 0)).toBe(1);
});

test("on lines everything is done once, what belongs together one after the other, never more at once than there are lines", async () => {
  let running = 0;
  let most = 0;
  const done: number[] = [];
  const samples = await onLines(
    4,
    3,
    Array.from({ length: 21 }, (_, n) => n),
    async (n) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running--;
      done.push(n);
    },
  );
  expect(samples).toHaveLength(21);
  expect(most).toBe(4);
  expect([...done].sort((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, n) => n));
  for (let first = 0; first < 21; first += 3)
    expect(done.filter((n) => n >= first && n < first + 3)).toEqual([first, first + 1, first + 2]);
});
