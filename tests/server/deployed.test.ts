import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inProject } from "@/scripts/server/project";
import { waitUntilReady } from "@/scripts/server/ready";
import { freePort } from "../free-port";
import { type PostgresServer, startPostgres } from "../postgres-server";
import { type Command, command, entry, temporaryFolder } from "./start";

const key = randomBytes(32).toString("base64");
const start = [inProject("scripts/start.mjs")];

/** What a server speaks to its database through, so that it can be cut. */
class Wire {
  private port = 0;
  private target = { host: "127.0.0.1", port: 0 };
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();

  async to(address: string): Promise<string> {
    const url = new URL(address);
    this.target = { host: url.hostname, port: Number(url.port) };
    this.port = await freePort();
    await this.mend();
    url.hostname = "127.0.0.1";
    url.port = String(this.port);
    return url.href;
  }

  mend(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(this.target);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on("error", () => {});
        socket.on("close", () => {
          this.sockets.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far);
      far.pipe(near);
    });
    this.server = server;
    return new Promise((resolve) => server.listen(this.port, "127.0.0.1", resolve));
  }

  async cut(): Promise<void> {
    this.server?.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

describe("a deployed server that is not configured", () => {
  test.each([
    [
      { DATABASE_URL: "postgres://localhost/none" },
      ["ENCRYPTION_KEY", "APP_URL", "CLERK_SECRET_KEY", "BETTER_AUTH_SECRET", "SMTP_URL"],
    ],
    [{ VERCEL: "1", ENCRYPTION_KEY: key }, ["DATABASE_URL", "APP_URL", "S3_BUCKET", "BLOB_READ_WRITE_TOKEN"]],
    [
      {
        DATABASE_URL: "postgres://localhost/none",
        ENCRYPTION_KEY: key,
        APP_URL: "https://caly.example",
        BETTER_AUTH_SECRET: key,
      },
      ["SMTP_URL"],
    ],
  ])("says in one sentence what is missing: %o", async (env, missing) => {
    const folder = temporaryFolder();
    const { output, exit } = command(start, { CALY_DATA_DIR: folder.path, PORT: "0", ...env });
    expect(await exit).toBe(1);
    expect(output()).toMatch(/^[^\n]+\n$/);
    for (const name of missing) expect(output()).toContain(name);
    folder.remove();
  });
});

describe("a deployed server", () => {
  const folder = temporaryFolder();
  const wire = new Wire();
  const databases = mkdtempSync(path.join(tmpdir(), `caly-test-${process.pid}-`));
  let postgres: PostgresServer;
  let server: Command;
  let url: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    chmodSync(databases, 0o755);
    postgres = await startPostgres(path.join(databases, "pg"));
    const admin = new pg.Client({ connectionString: postgres.url });
    await admin.connect();
    await admin.query("create database deployed");
    await admin.end();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    env = {
      DATABASE_URL: await wire.to(postgres.url.replace(/\/postgres$/, "/deployed")),
      ENCRYPTION_KEY: key,
      BETTER_AUTH_SECRET: key,
      CRON_SECRET: key,
      SMTP_URL: "smtp://127.0.0.1:1",
      APP_URL: url,
      PORT: String(port),
      CALY_DATA_DIR: folder.path,
    };
    server = command(start, env);
    const { ok, last } = await waitUntilReady(url, AbortSignal.timeout(120_000));
    expect(ok, `${last}\n${server.output()}`).toBe(true);
  });
  afterAll(async () => {
    server?.process.kill("SIGTERM");
    await server?.exit;
    await wire.cut();
    await postgres?.stop();
    rmSync(databases, { recursive: true, force: true });
    folder.remove();
  });

  test("migrates an empty database and is ready without an emulator", async () => {
    const ready = await fetch(`${url}/api/ready`);
    expect(ready.status).toBe(200);
  });

  test.each(["/dev/mailbox", "/demo"])("%s does not exist", async (address) => {
    const response = await fetch(`${url}${address}`, { redirect: "manual" });
    expect(response.status).toBe(404);
  });

  test("public pages answer under any host", async () => {
    for (const address of ["/", "/sign-in"]) expect((await fetch(`${url}${address}`)).status, address).toBe(200);
  });

  test("the demo's commands and reset refuse", async () => {
    for (const file of [
      "scripts/demo/info.ts",
      "scripts/demo/call.ts",
      "scripts/server/reset.ts",
      "scripts/demo/seed.ts",
    ]) {
      const { output, exit } = command(entry(file), env);
      expect(await exit, file).toBe(1);
      expect(output(), file).toMatch(/^[^\n]+\n$/);
    }
  });

  test("db:migrate runs beside it", async () => {
    const { output, exit } = command(entry("scripts/server/migrate.ts"), env);
    expect(await exit, output()).toBe(0);
  });

  test("without its database a page is a sentence that needs no scripts, and itself again afterwards", async () => {
    const ask = () => fetch(`${url}/book/nobody`, { headers: { accept: "text/html" } });
    // A connection kept from before may be closed the moment it is used again.
    const page = () => ask().catch(ask);
    expect((await page()).status).toBe(404);
    await wire.cut();
    // Whoever meets the outage first draws it by scripts.
    await expect.poll(async () => (await page()).status, { timeout: 30_000 }).toBe(503);
    const away = await page();
    const text = await away.text();
    expect([away.status, away.headers.get("retry-after"), away.headers.get("cache-control")]).toEqual([
      503,
      "5",
      "no-store",
    ]);
    expect(text).toContain("This page cannot be shown just now");
    expect(text).not.toContain("<script");
    await wire.mend();
    await expect.poll(async () => (await page()).status, { timeout: 20_000 }).toBe(404);
  });

  test("SIGTERM ends it within 5 s", async () => {
    const begun = Date.now();
    server.process.kill("SIGTERM");
    expect(await server.exit).toBe(0);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });
});
