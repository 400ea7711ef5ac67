import { expect, test } from "vitest";
import { playwrightTally } from "./playwright-tally";

test("counts nested suites, gives a skip its reason, and names a flaky one", () => {
  const one = (title: string, status: string, annotations: object[] = []) => ({
    title,
    file: "x.spec.ts",
    tests: [
      { status, annotations, results: status.endsWith("xpected") ? [{}] : [{ error: { message: "no\nbutton" } }] },
    ],
  });
  const skip = one("d", "skipped", [{ type: "skip", description: "no sound card" }]);
  const suites = [
    { specs: [one("a", "expected")], suites: [{ specs: [one("b", "unexpected"), one("c", "flaky"), skip] }] },
  ];
  expect(playwrightTally(JSON.stringify({ suites, errors: [] }))).toMatchObject({
    passed: 2,
    failed: 1,
    failures: [{ name: "b", file: "e2e/x.spec.ts", reason: "no message" }],
    unsteady: [{ name: "c", file: "e2e/x.spec.ts", reason: "no" }],
    skipped: [{ name: "d", reason: "no sound card" }],
  });
  expect(playwrightTally(JSON.stringify({ suites: [], errors: [{}] })).failed).toBe(1);
});
