import { z } from "zod";
import { emptyTally, firstLine, type Tally } from "./tally";

const annotation = z.object({ type: z.string(), description: z.string().optional() });
const spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      status: z.enum(["expected", "unexpected", "flaky", "skipped"]),
      annotations: z.array(annotation),
      results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
    }),
  ),
});
type Suite = { specs?: z.output<typeof spec>[] | undefined; suites?: Suite[] | undefined };
const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({ specs: z.array(spec).optional(), suites: z.array(suite).optional() }),
);
const report = z.object({ suites: z.array(suite), errors: z.array(z.unknown()) });

/** Counts Playwright's JSON report; a test that passed only at a second try is unsteady. */
export function playwrightTally(json: string): Tally {
  const { suites, errors } = report.parse(JSON.parse(json));
  const tally = emptyTally();
  tally.failed += errors.length;
  const visit = (one: Suite) => {
    for (const { title, file, tests } of one.specs ?? [])
      for (const { status, annotations, results } of tests) {
        if (status === "expected") tally.passed++;
        else if (status === "skipped") {
          const reason = annotations.find(({ type }) => type === "skip" || type === "fixme")?.description;
          tally.skipped.push({ name: title, reason: reason ?? "no reason given" });
        } else {
          const reason = firstLine(results.find(({ error }) => error)?.error?.message);
          const failure = { name: title, file: `e2e/${file}`, reason };
          if (status === "flaky") {
            tally.passed++;
            tally.unsteady.push(failure);
          } else {
            tally.failed++;
            tally.failures.push(failure);
          }
        }
      }
    for (const inner of one.suites ?? []) visit(inner);
  };
  for (const one of suites) visit(one);
  return tally;
}
