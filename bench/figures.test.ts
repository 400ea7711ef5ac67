import { expect, test } from "vitest";
import { concurrently, median, percentile } from "./figures";

test("percentiles are samples, not averages", () => {
  const samples = [5, 1, 4, 2, 3];
  expect(median(samples)).toBe(3);
  expect(percentile(samples, 0.95)).toBe(5);
  expect(percentile(samples, 0)).toBe(1);
});

test("a concurrent run does exactly the runs it was asked for, never more at once than workers", async () => {
  let running = 0;
  let most = 0;
  const samples = await concurrently(4, 21, async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 2));
    running--;
  });
  expect(samples).toHaveLength(21);
  expect(most).toBe(4);
});
