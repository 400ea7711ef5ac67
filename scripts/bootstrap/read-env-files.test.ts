import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { bare } from "@/tests/bare-environment";
import { inProject } from "../server/project";

const folder = mkdtempSync(path.join(tmpdir(), "caly-env-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reader = pathToFileURL(inProject("scripts/bootstrap/read-env-files.mjs")).href;

/** What a command of ours sees when the project's folder is this one, and what a process of Next that it starts sees. */
function seen(env: Record<string, string>, name: string): [string, string] {
  const child = `require("@next/env").loadEnvConfig(${JSON.stringify(folder)}, false); console.log(process.env.${name} ?? "unset")`;
  const code = `
    import { spawnSync } from "node:child_process";
    import { readEnvFiles } from ${JSON.stringify(reader)};
    readEnvFiles(${JSON.stringify(folder)});
    console.log(process.env.${name} ?? "unset");
    console.log(spawnSync(process.execPath, ["-e", ${JSON.stringify(child)}], { env: process.env, encoding: "utf8" }).stdout);`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd: inProject(),
    env: { PATH: process.env.PATH ?? "", ...env } as unknown as NodeJS.ProcessEnv,
    encoding: "utf8",
  });
  const [ours, nexts] = stdout.split("\n");
  return [ours ?? "", nexts ?? ""];
}

test("a command and the server it starts read one configuration", () => {
  writeFileSync(path.join(folder, ".env"), "DATABASE_URL=postgres://from-env\nMAIL_FROM=env\n");
  writeFileSync(path.join(folder, ".env.local"), "MAIL_FROM=local\n");
  expect(seen({}, "DATABASE_URL")).toEqual(["postgres://from-env", "postgres://from-env"]);
  expect(seen({}, "MAIL_FROM")).toEqual(["local", "local"]);
  expect(seen({ DATABASE_URL: "given" }, "DATABASE_URL")).toEqual(["given", "given"]);
});

test("what tests set empty stays empty beside any file", () => {
  const hostile = Object.keys(bare).map((name) => `${name}=hostile`);
  writeFileSync(path.join(folder, ".env"), hostile.join("\n"));
  for (const name of ["DATABASE_URL", "VERCEL", "PORT", "NEXT_PUBLIC_SENTRY_DSN", "SENTRY_AUTH_TOKEN"])
    expect(seen(bare, name)).toEqual(["", ""]);
});
