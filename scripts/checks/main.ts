import { runChecks } from "./run-check";

const checks = await runChecks();
for (const { name, ok, output, ms } of checks) {
  console.log(`${ok ? "ok    " : "FAILED"} ${name} (${ms} ms)`);
  if (!ok) console.log(output.trimEnd());
}
process.exit(checks.every(({ ok }) => ok) ? 0 : 1);
