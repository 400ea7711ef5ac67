import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { DirectoryInUse } from "@/db/lock";
import { withTenant } from "@/db/tenant";
import { systemActor } from "@/lib/platform/context";
import { ConfigurationError, type Env, readEnv } from "@/lib/platform/env";
import { createLogger } from "@/lib/platform/logger";
import { type App, buildApp, contextFor } from "./app";
import { isCronCaller, runCronJob } from "./cron";
import { checkParts } from "./readiness";

const log = createLogger({ level: "silent" });
const root = mkdtempSync(path.join(tmpdir(), "caly-app-"));
const open: App[] = [];
afterEach(async () => {
  for (const built of open.splice(0)) {
    await built.jobs.stop();
    await built.database.close();
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const embedded = (name: string): Env => readEnv({ CALY_DATA_DIR: path.join(root, name) });

/** Making the database takes most of the time: the others start from a copy of the first one's folder. */
function copied(name: string): Env {
  cpSync(path.join(root, "first"), path.join(root, name), { recursive: true });
  return embedded(name);
}

async function build(env: Env): Promise<App> {
  const built = await buildApp(env, log);
  open.push(built);
  return built;
}

describe("an embedded App, from no configuration at all", () => {
  test("has a migrated database, a queue, a blob store, a cache and mail", async () => {
    const built = await build(embedded("first"));
    const parts = await checkParts(built, log);
    expect(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.ok]))).toEqual({
      database: true,
      jobs: true,
      blobs: true,
      cache: true,
    });
    await built.mailer.send({ to: "ana@example.test", subject: "Hi", text: "There" });
    const { rows } = await built.database.db.execute(sql`select subject from dev_emails`);
    expect(rows).toEqual([{ subject: "Hi" }]);
  });

  test("keeps data and secrets over a restart, the secrets for its owner alone", async () => {
    const first = await build(copied("restart"));
    const ctx = contextFor(first, "org_1", systemActor("test"));
    await withTenant(first.database, "org_1", (tx) =>
      tx.execute(sql`insert into organizations (id, slug, name, time_zone) values ('org_1', 'acme', 'Acme', 'UTC')`),
    );
    expect(statSync(path.join(root, "restart", "secrets.json")).mode & 0o777).toBe(0o600);
    open.length = 0;
    await first.jobs.stop();
    await first.database.close();
    const second = await build(embedded("restart"));
    expect(contextFor(second, "org_1", systemActor("test")).keys).toEqual(ctx.keys);
    const { rows } = await second.database.db.execute(sql`select slug from organizations`);
    expect(rows).toEqual([{ slug: "acme" }]);
  });

  test("takes its folder for itself, has a key for each purpose, and names a part that fails beside the others", async () => {
    const built = await build(copied("taken"));
    await expect(buildApp(embedded("taken"), log)).rejects.toBeInstanceOf(DirectoryInUse);
    expect(new Set(Object.values(built.keys).map((key) => key.toString("hex"))).size).toBe(3);
    const broken = {
      ...built,
      kv: { ...built.kv, set: () => Promise.reject(new Error("redis://user:pass@host refused")) },
    };
    const parts = await checkParts(broken, log);
    expect(parts.cache?.ok).toBe(false);
    expect(parts.database?.ok).toBe(true);
    expect(JSON.stringify(parts)).not.toContain("pass");
  });
});

describe("a deployed App", () => {
  test.each([
    [{ DATABASE_URL: "postgres://x" }, ["ENCRYPTION_KEY", "APP_URL", "sign-in"]],
    [{ VERCEL: "1" }, ["DATABASE_URL", "ENCRYPTION_KEY", "APP_URL", "sign-in"]],
  ])("with %o says everything that is missing", (source, missing) => {
    let message = "";
    try {
      readEnv(source);
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError);
      message = (error as Error).message;
    }
    for (const name of missing) expect(message).toContain(name);
    expect(message).not.toContain("\n");
  });
});

describe("cron", () => {
  test("lets in only who knows the secret, and nobody where there is none", () => {
    expect(isCronCaller({ cronSecret: "s3cret" }, "Bearer s3cret")).toBe(true);
    for (const header of [null, "", "Bearer ", "Bearer wrong", "s3cret", "bearer s3cret"])
      expect(isCronCaller({ cronSecret: "s3cret" }, header)).toBe(false);
    for (const header of [null, "", "Bearer ", "Bearer undefined"])
      expect(isCronCaller({ cronSecret: undefined }, header)).toBe(false);
  });

  test("runs relay and drain, and knows no other names than its tasks", async () => {
    const built = await build(copied("cron"));
    expect(await runCronJob(built, "relay")).toEqual({ job: "relay", relayed: 0 });
    expect(await runCronJob(built, "drain")).toEqual({ job: "drain", relayed: 0, done: 0, failed: 0 });
    expect(await runCronJob(built, "nonsense")).toBeUndefined();
  });
});
