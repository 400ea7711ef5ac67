import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { bare } from "../tests/bare-environment";
import { freePort } from "../tests/free-port";

const root = fileURLToPath(new URL("..", import.meta.url));
let sink: Server;
let server: ChildProcess;
let origin = "";
let dataDir = "";
const received: { url: string; body: string }[] = [];

/** A server of its own, told by its configuration alone (the build is the same) where pages report errors. */
test.beforeAll(async () => {
  sink = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ url: request.url ?? "", body });
    response.writeHead(200, { "access-control-allow-origin": "*", "access-control-allow-headers": "*" }).end("{}");
  });
  await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
  const port = String(await freePort());
  origin = `http://127.0.0.1:${port}`;
  dataDir = mkdtempSync(path.join(tmpdir(), "caly-e2e-errors-"));
  const next = path.join(root, "node_modules/next/dist/bin/next");
  server = spawn(process.execPath, [next, "start", "-H", "127.0.0.1", "-p", port], {
    cwd: root,
    stdio: "ignore",
    env: {
      ...process.env,
      ...bare,
      NODE_ENV: "production",
      NEXT_MANUAL_SIG_HANDLE: "true",
      HOST: "127.0.0.1",
      PORT: port,
      APP_URL: origin,
      CALY_DATA_DIR: dataDir,
      NEXT_PUBLIC_SENTRY_DSN: `http://public@127.0.0.1:${(sink.address() as AddressInfo).port}/3`,
    },
  });
  const isReady = () =>
    fetch(`${origin}/api/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
  await expect.poll(isReady, { timeout: 50_000 }).toBe(true);
});

test.afterAll(async () => {
  if (server.exitCode === null) {
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    await ended;
  }
  sink.closeAllConnections();
  sink.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test("an error in the browser is reported where the deployment says, without the caller's number", async ({ page }) => {
  await page.goto(`${origin}/sign-in?from=secret`, { waitUntil: "networkidle" });
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error("No contact with +12025550123");
    });
  });
  const report = () => received.find(({ body }) => body.includes("No contact with"));
  await expect.poll(() => report()?.url, { timeout: 10_000 }).toMatch(/^\/api\/3\/envelope\//);
  expect(report()?.body).not.toContain("2025550123");
  expect(report()?.body).not.toContain("from=secret");
});
