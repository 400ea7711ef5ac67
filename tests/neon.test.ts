import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "@/db/client";
import { members, staff } from "@/db/schema";
import { relayEvents } from "@/db/system";
import { sqlState, withTenant } from "@/db/tenant";
import { publishEvent } from "@/lib/events";
import { createJobs } from "@/lib/platform/jobs";
import { MemoryKv } from "@/lib/platform/kv";
import { createLogger } from "@/lib/platform/logger";
import { postgresDatabase, postgresUnavailable } from "./database";
import { startNeonProxy } from "./neon-proxy";
import { createTestOrganization } from "./organization";

describe.skipIf(postgresUnavailable())("Neon's driver, over a WebSocket proxy to PostgreSQL", () => {
  let proxy: Awaited<ReturnType<typeof startNeonProxy>>;
  let database: Database;

  beforeAll(async () => {
    const { url } = await postgresDatabase();
    const { hostname, port } = new URL(url);
    proxy = await startNeonProxy({ host: hostname, port: Number(port) });
    const patience = { connectMs: 30_000, answerMs: 30_000 };
    database = await openDatabase({ url, driver: "neon", maxConnections: 10, neonWsProxy: proxy.address, patience });
  });
  afterAll(async () => {
    await database?.close();
    await proxy?.close();
  });

  test("goes through the proxy", async () => {
    await database.db.execute(sql`select 1`);
    expect(database.driver).toBe("neon");
    expect(proxy.connections()).toBeGreaterThan(0);
  });

  test("keeps what a tenant's transaction wrote, and nothing of one that failed", async () => {
    const { orgId } = await createTestOrganization(database);
    const names = () =>
      withTenant(database, orgId, async (tx) => (await tx.select().from(staff)).map((row) => row.name));
    await withTenant(database, orgId, (tx) => tx.insert(staff).values({ id: `stf_${orgId}_1`, orgId, name: "kept" }));
    const failing = withTenant(database, orgId, async (tx) => {
      await tx.insert(staff).values({ id: `stf_${orgId}_2`, orgId, name: "lost" });
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await names()).toEqual(["kept"]);
  });

  test("shows a tenant its own rows only, and refuses a write into another", async () => {
    const [a, b] = [await createTestOrganization(database), await createTestOrganization(database)];
    const owners = await withTenant(database, a.orgId, (tx) =>
      tx.selectDistinct({ orgId: members.orgId }).from(members),
    );
    expect(owners).toEqual([{ orgId: a.orgId }]);
    const crossing = withTenant(database, a.orgId, (tx) =>
      tx.insert(staff).values({ id: `stf_${b.orgId}_x`, orgId: b.orgId, name: "x" }),
    );
    await expect(crossing).rejects.toSatisfy((error) => sqlState(error) === "42501");
  });

  test("leaves neither role nor tenant on the connection", async () => {
    const { orgId } = await createTestOrganization(database);
    await Promise.all(Array.from({ length: 20 }, () => withTenant(database, orgId, (tx) => tx.execute(sql`select 1`))));
    const states = await Promise.all(
      Array.from({ length: 20 }, () =>
        database.db.execute(sql`select current_user as role, coalesce(current_setting('app.org_id', true), '') as org`),
      ),
    );
    for (const { rows } of states) expect(rows).toEqual([{ role: "postgres", org: "" }]);
  });

  test("runs jobs for committed events", async () => {
    const { ctx, orgId } = await createTestOrganization(database);
    const seen: string[] = [];
    const jobs = createJobs({
      database,
      relay: (limit, deliver) => relayEvents(database, limit, deliver),
      workers: async () => ({
        subscriptions: { one: { on: ["booking.created"], run: async (ref) => void seen.push(ref.subjectId) } },
        periodic: [],
      }),
      kv: new MemoryKv(),
      log: createLogger({ level: "silent" }),
    });
    await withTenant(database, orgId, (tx) => publishEvent(ctx, tx, { kind: "booking.created", subjectId: "bkg_1" }));
    expect(await jobs.relay()).toBe(1);
    expect(await jobs.drain({ budgetMs: 10_000 })).toEqual({ done: 1, failed: 0 });
    expect(seen).toEqual(["bkg_1"]);
    await jobs.stop();
  });
});
