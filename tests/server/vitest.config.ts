import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Tests of the built server as a process; `npm test` runs them after the build, two at a time: each starts servers of its own. */
export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: `${root}tests/empty.ts` },
      { find: /^@\//, replacement: root },
    ],
  },
  test: {
    include: ["tests/server/**/*.test.ts"],
    environment: "node",
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
});
