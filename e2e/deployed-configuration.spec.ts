import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { inProject } from "../scripts/server/project";
import { bare } from "../tests/bare-environment";
import { freePort } from "../tests/free-port";
import { command } from "../tests/server/start";
import { expect, newSecret, nextStart, test } from "./deployed";

const complete: Record<string, string> = {
  DATABASE_URL: "postgres://caly@127.0.0.1:1/caly",
  ENCRYPTION_KEY: newSecret(),
  APP_URL: "https://caly.example",
  BETTER_AUTH_SECRET: newSecret(),
  SMTP_URL: "smtp://127.0.0.1:1",
};
const clerk = {
  CLERK_SECRET_KEY: ["sk", "live", "x".repeat(40)].join("_"),
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: `pk_live_${btoa("clerk.example.test$")}`,
};

const starts: Record<string, (port: number) => string[]> = {
  "npm start": () => [inProject("scripts/start.mjs")],
  "next start": (port) => [...nextStart, "-H", "127.0.0.1", "-p", String(port)],
};

const cases: { what: string; env: Record<string, string>; names: string[] }[] = [
  { what: "without ENCRYPTION_KEY", env: { ENCRYPTION_KEY: "" }, names: ["ENCRYPTION_KEY"] },
  { what: "without APP_URL", env: { APP_URL: "" }, names: ["APP_URL"] },
  {
    what: "without any sign-in",
    env: { BETTER_AUTH_SECRET: "", SMTP_URL: "" },
    names: ["CLERK_SECRET_KEY", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "BETTER_AUTH_SECRET", "SMTP_URL"],
  },
  {
    what: "with one of Clerk's keys alone",
    env: { ...clerk, CLERK_SECRET_KEY: "", SMTP_URL: "" },
    names: ["CLERK_SECRET_KEY", "SMTP_URL"],
  },
  { what: "with a key of the wrong length", env: { ENCRYPTION_KEY: "c2hvcnQ=" }, names: ["ENCRYPTION_KEY"] },
];
const everyName = [...Object.keys(complete), ...Object.keys(clerk)];

for (const [start, args] of Object.entries(starts))
  test.describe(start, () => {
    for (const { what, env, names } of cases)
      test(`deployed ${what} ends with code 1 and one sentence that names it`, async () => {
        const folder = mkdtempSync(path.join(tmpdir(), "caly-e2e-"));
        const port = await freePort();
        const { output, exit, process } = command(args(port), {
          ...bare,
          ...complete,
          ...env,
          PORT: String(port),
          CALY_DATA_DIR: folder,
        });
        const timer = setTimeout(() => process.kill("SIGKILL"), 20_000);
        expect(await exit, output()).toBe(1);
        clearTimeout(timer);
        const said = withoutBanner(output());
        expect(said, output()).toHaveLength(1);
        for (const name of everyName)
          if (names.includes(name)) expect(said[0]).toContain(name);
          else if (names.length === 1) expect(said[0]).not.toContain(name);
        for (const value of Object.values({ ...complete, ...env }))
          if (value) expect(said[0], "no value of a variable is repeated").not.toContain(value);
        rmSync(folder, { recursive: true, force: true });
      });
  });

/** What was said besides Next's own first lines. */
const withoutBanner = (output: string): string[] =>
  stripVTControlCharacters(output)
    .split("\n")
    .filter((line) => line.trim() && !/^\s*(▲|- (Local|Network)|✓|⚠)/.test(line));
