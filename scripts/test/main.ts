import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bare } from "@/tests/bare-environment";
import { runChecks } from "../checks/run-check";
import { buildIfStale } from "../server/build";
import { inProject } from "../server/project";
import { keptOutput, type Output, onConsole } from "./output";
import { playwrightTally } from "./playwright-tally";
import { runStep } from "./step";
import { add, afterSecondTry, closing, emptyTally, filesToTryAgain, type Tally } from "./tally";

const { values: options, positionals } = parseArgs({
  options: { long: { type: "boolean", default: false } },
  allowPositionals: true,
});

Object.assign(process.env, bare);
const startedAt = Date.now();
const results = mkdtempSync(path.join(tmpdir(), "caly-results-"));
const tally = emptyTally();
const stage = (name: string, output: Output = onConsole) =>
  output.say(`\n── ${name} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
/** One check that is no test file's. `reason` stands for the output above it. */
const one = (name: string, ok: boolean, reason = "see its output above"): Tally =>
  ok ? { ...emptyTally(), passed: 1 } : { ...emptyTally(), failed: 1, failures: [{ name, file: "npm test", reason }] };
const forSecondTry: { config: string; first: Tally }[] = [];

async function checks(): Promise<void> {
  stage("types, lint, boundaries");
  for (const { name, ok, output, ms } of await runChecks()) {
    console.log(`${ok ? "✓" : "✗"} ${name} (${ms} ms)`);
    if (!ok) console.log(output.trimEnd());
    add(tally, one(name, ok));
  }
}

/** Its result counts at once, or after `secondTries` where something failed that deserves one. */
async function vitest(config: string, output: Output = onConsole): Promise<void> {
  const first = await runVitest(config, positionals, output);
  if (filesToTryAgain(first).length > 0) forSecondTry.push({ config, first });
  else add(tally, first);
}

/** What failed beside others is tried once more alone: a test that passes then is named as unsteady. */
async function secondTries(): Promise<void> {
  for (const { config, first } of forSecondTry) {
    stage("what failed, once more");
    add(tally, afterSecondTry(first, await runVitest(config, filesToTryAgain(first), onConsole)));
  }
}

async function runVitest(config: string, files: string[], output: Output): Promise<Tally> {
  const file = path.join(results, `${config.replaceAll("/", "-")}.json`);
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", `--reporter=${inProject("scripts/test/vitest-reporter.ts")}`];
  const args = [inProject("node_modules/vitest/vitest.mjs"), "run", "--config", inProject(config), ...reporters];
  await runStep([...args, ...files], output, { CALY_TALLY: file });
  return read(file, (text) => JSON.parse(text) as Tally);
}

async function build(output: Output = onConsole): Promise<boolean> {
  return buildIfStale(output.say, () => {}, output.say);
}

/** Resolves with whether there is a server to be tried in a browser. */
async function builtServer(output: Output): Promise<boolean> {
  stage("build", output);
  const built = await build(output);
  add(tally, one("the build", built));
  if (!built) return false;
  stage("the server as a process", output);
  await vitest("tests/server/vitest.config.ts", output);
  return true;
}

async function browser(): Promise<void> {
  stage("browser");
  const file = path.join(results, "playwright.json");
  const cli = inProject("node_modules/@playwright/test/cli.js");
  await runStep([cli, "test", "--config", inProject("e2e/playwright.config.ts")], onConsole, {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  add(tally, read(file, playwrightTally));
}

/** The build computes while tests wait, and the server's tests wait while others compute: together they take half the time. */
async function everything(): Promise<void> {
  const beside = keptOutput(path.join(results, "beside.txt"));
  const server = builtServer(beside);
  stage("unit and integration");
  await vitest("vitest.config.ts");
  const isBuilt = await server;
  beside.show();
  if (isBuilt) await browser();
}

/** A step that wrote no result has failed, whatever it did before. */
function read(file: string, parse: (text: string) => Tally): Tally {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    return one("a step that wrote no result", false, String(error));
  }
}

// Whoever stops the tests stops all of them: the steps that run end first.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"])
  process.once(signal, () => setImmediate(() => process.exit(1)));

if (options.long) {
  stage("long tests");
  if (await build()) add(tally, await runVitest("tests/long/vitest.config.ts", positionals, onConsole));
  else add(tally, one("the build", false));
} else {
  await checks();
  if (positionals.length === 0) await everything();
  else {
    stage("unit and integration");
    await vitest("vitest.config.ts");
  }
}
await secondTries();
rmSync(results, { recursive: true, force: true });
console.log(`\n${closing(tally)}`);
process.exit(tally.failed > 0 || tally.passed === 0 ? 1 : 0);
