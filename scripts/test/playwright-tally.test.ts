import { expect, test } from "vitest";
import { playwrightTally } from "./playwright-tally";

test("counts nested suites, gives a skip its reason, and takes a flaky test for a failed one", () => {
  const one = (title: string, status: string, annotations: object[] = []) => ({
    title,
    tests: [{ status, annotations }],
  });
  const skip = one("d", "skipped", [{ type: "skip", description: "no sound card" }]);
  const suites = [
    { specs: [one("a", "expected")], suites: [{ specs: [one("b", "unexpected"), one("c", "flaky"), skip] }] },
  ];
  expect(playwrightTally(JSON.stringify({ suites, errors: [] }))).toEqual({
    passed: 1,
    failed: 2,
    skipped: [{ name: "d", reason: "no sound card" }],
  });
  expect(playwrightTally(JSON.stringify({ suites: [], errors: [{}] })).failed).toBe(1);
});
