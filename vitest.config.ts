import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

const all = ["{lib,db,emulators,app,components,scripts,tests,bench,eval}/**/*.test.{ts,tsx}"];
const elsewhere = ["tests/server/**", "tests/long/**", "**/node_modules/**"];
const folders = all.map((pattern) => pattern.replace("{ts,tsx}", "ts*"));
/** What a file replaces stays replaced for those that come after it in the same process, in whatever order that is. */
const replacing = globSync(folders, { cwd: root, exclude: ["**/node_modules/**", "tests/{server,long}/**"] })
  .filter((file) => /\bvi\.(do)?[mM]ock\(/.test(readFileSync(`${root}${file}`, "utf8")))
  // Folders are named in brackets, which mean something in a pattern.
  .map((file) => file.replaceAll(/[()[\]]/g, "?"));
/** These, and files that change settings of their process or fill it: each has one of its own. */
const apart = [
  ...replacing,
  "components/live/connection.test.ts",
  "scripts/bootstrap/read-env-files.test.ts",
  "tests/boundaries.test.ts",
];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: `${root}tests/empty.ts` },
      { find: /^@\//, replacement: root },
    ],
  },
  test: {
    environment: "node",
    globalSetup: ["tests/global-setup.ts"],
    setupFiles: ["tests/close-databases.ts"],
    pool: "forks",
    // One more than the cores of the smallest machine: some tests only wait.
    maxWorkers: 3,
    // Far more than any takes: a machine under load fails no test for being slow.
    testTimeout: 60_000,
    hookTimeout: 180_000,
    projects: [
      // Most of a small file's time would go into starting a process and loading the same modules again.
      {
        extends: true,
        test: { name: "together", include: all, exclude: [...elsewhere, ...apart], isolate: false },
      },
      { extends: true, test: { name: "apart", include: apart, exclude: elsewhere } },
    ],
  },
});
