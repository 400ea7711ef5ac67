import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: `${root}tests/empty.ts` },
      { find: /^@\//, replacement: root },
    ],
  },
  test: {
    include: ["{lib,db,emulators,app,components,scripts,tests,bench,eval}/**/*.test.{ts,tsx}"],
    exclude: ["tests/server/**", "tests/long/**", "**/node_modules/**"],
    environment: "node",
    globalSetup: ["tests/global-setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
