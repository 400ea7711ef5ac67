import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
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
      DATABASE_URL: postgres.url.replace(/\/postgres$/, "/deployed"),
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

  test("SIGTERM ends it within 5 s", async () => {
    const begun = Date.now();
    server.process.kill("SIGTERM");
    expect(await server.exit).toBe(0);
    expect(Date.now() - begun).toBeLessThan(5_000);
  });
});
