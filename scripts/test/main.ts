import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { bare } from "@/tests/bare-environment";
import { runChecks } from "../checks/run-check";
import { buildIfStale } from "../server/build";
import { inProject } from "../server/project";
import { playwrightTally } from "./playwright-tally";
import { runStep } from "./step";
import { add, closing, emptyTally, type Tally } from "./tally";

const { values: options, positionals } = parseArgs({
  options: { long: { type: "boolean", default: false } },
  allowPositionals: true,
});

Object.assign(process.env, bare);
const startedAt = Date.now();
const results = mkdtempSync(path.join(tmpdir(), "caly-results-"));
const tally = emptyTally();
const stage = (name: string) => console.log(`\n── ${name} (${Math.round((Date.now() - startedAt) / 1000)} s)`);
const one = (ok: boolean): Tally => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: [] });

async function checks(): Promise<void> {
  stage("types, lint, boundaries");
  for (const { name, ok, output, ms } of await runChecks()) {
    console.log(`${ok ? "✓" : "✗"} ${name} (${ms} ms)`);
    if (!ok) console.log(output.trimEnd());
    add(tally, one(ok));
  }
}

async function vitest(config: string): Promise<void> {
  const file = path.join(results, `${config.replaceAll("/", "-")}.json`);
  const reporters = ["--reporter=default", `--reporter=${inProject("scripts/test/vitest-reporter.ts")}`];
  const args = [inProject("node_modules/vitest/vitest.mjs"), "run", "--config", inProject(config), ...reporters];
  await runStep([...args, ...positionals], { CALY_TALLY: file });
  add(
    tally,
    read(file, (text) => JSON.parse(text) as Tally),
  );
}

async function builtServer(): Promise<void> {
  stage("build");
  const built = await buildIfStale(console.log);
  add(tally, one(built));
  if (!built) return;
  stage("the server as a process");
  await vitest("tests/server/vitest.config.ts");
  stage("browser");
  const file = path.join(results, "playwright.json");
  const cli = inProject("node_modules/@playwright/test/cli.js");
  await runStep([cli, "test", "--config", inProject("e2e/playwright.config.ts")], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  add(tally, read(file, playwrightTally));
}

/** A step that wrote no result has failed, whatever it did before. */
function read(file: string, parse: (text: string) => Tally): Tally {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    console.error(`no result: ${error instanceof Error ? error.message : error}`);
    return one(false);
  }
}

if (options.long) {
  stage("long tests");
  const built = await buildIfStale(console.log);
  if (built) await vitest("tests/long/vitest.config.ts");
  else add(tally, one(false));
} else {
  await checks();
  stage("unit and integration");
  await vitest("vitest.config.ts");
  if (positionals.length === 0) await builtServer();
}
rmSync(results, { recursive: true, force: true });
console.log(`\n${closing(tally)}`);
process.exit(tally.failed > 0 || tally.passed === 0 ? 1 : 0);
