import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { bare } from "../tests/bare-environment";
import { freePort } from "../tests/free-port";
import { browserPath } from "./browser";

/** The demo's owner also runs the deployment that is tried: there is nobody else. */
const DEMO_EMAIL = "owner@marlowe-finch.example";
const root = fileURLToPath(new URL("..", import.meta.url));

/** Read again in each worker process: what was chosen once is passed on by the environment. */
async function settings() {
  process.env.E2E_PORT ??= String(await freePort());
  process.env.E2E_DATA_DIR ??= mkdtempSync(path.join(tmpdir(), "caly-e2e-"));
  const port = Number(process.env.E2E_PORT);
  const executablePath = await browserPath();
  const report = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;
  return defineConfig({
    testDir: ".",
    outputDir: path.join(root, "test-results"),
    globalTeardown: "./teardown.ts",
    // One more than the cores of the smallest machine: there is always one that waits, for a page to be quiet or a call to be talked.
    workers: 3,
    // Who passes only then is named as unsteady in the closing lines.
    retries: 1,
    timeout: 60_000,
    expect: { timeout: 10_000 },
    forbidOnly: true,
    reporter: report ? [["list"], ["json", { outputFile: report }]] : "list",
    use: {
      baseURL: `http://127.0.0.1:${port}`,
      // Recording every step costs about a fifth of the time: E2E_TRACE=1 does it for who looks for a fault.
      trace: process.env.E2E_TRACE ? "retain-on-failure" : "off",
      screenshot: "only-on-failure",
      timezoneId: "America/New_York",
      locale: "en-US",
      launchOptions: {
        ...(executablePath ? { executablePath } : {}),
        chromiumSandbox: false,
        args: ["--disable-dev-shm-usage"],
      },
    },
    webServer: {
      command: "node scripts/start.mjs",
      cwd: root,
      url: `http://127.0.0.1:${port}/api/ready`,
      reuseExistingServer: false,
      timeout: 300_000,
      gracefulShutdown: { signal: "SIGTERM", timeout: 6_000 },
      stdout: "ignore",
      stderr: "pipe",
      env: {
        ...bare,
        PORT: String(port),
        CALY_DATA_DIR: process.env.E2E_DATA_DIR,
        HOST: "127.0.0.1",
        OPERATOR_EMAILS: DEMO_EMAIL,
      },
    },
  });
}

export default settings();
