import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { upsertContactByPhone } from "@/lib/contacts";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { exportCalls } from "./export-calls";

describe("exportCalls", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  async function all(generated: AsyncGenerator<string, void>): Promise<string[]> {
    const pages: string[] = [];
    for await (const page of generated) pages.push(page);
    return pages;
  }
  const text = async (pages: AsyncGenerator<string, void>) => (await all(pages)).join("");

  it("gives every call a record and lets no caller plant a formula", async () => {
    const { ctx, orgId } = await createTestOrganization(database);
    const connectionId = await seedConnection(database, orgId);
    const contact = await upsertContactByPhone(ctx, { phone: "+12025550143", name: '=HYPERLINK("http://x")' });
    await seedCall(database, orgId, {
      connectionId,
      contactId: contact.id,
      startedAt: new Date("2026-11-20T15:05:00.000Z"),
      summary: "-1\nsecond, line",
      costMicros: 83_400,
    });
    await seedCall(database, orgId, { connectionId, outcome: "missed" });
    const csv = await text(exportCalls(ctx, { filter: {}, timeZone: "America/New_York" }));
    expect(csv).toContain("2026-11-20T15:05:00.000Z,2026-11-20 10:05:00,inbound,'+12025550143,");
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(csv).toContain(`"'-1\nsecond, line"`);
    expect(csv).toContain(",0.0834\r\n");
    expect(csv.split("\r\n")).toHaveLength(4);
    const missed = await text(exportCalls(ctx, { filter: { outcome: "missed" }, timeZone: "UTC" }));
    expect(missed.trim().split("\r\n")).toHaveLength(2);
  });

  it("reads on page by page", async () => {
    const { ctx, orgId } = await createTestOrganization(database);
    const connectionId = await seedConnection(database, orgId);
    for (let n = 0; n < 503; n++) await seedCall(database, orgId, { connectionId, startedAt: new Date(n * 1000) });
    const pages = await all(exportCalls(ctx, { filter: {}, timeZone: "UTC" }));
    expect(pages).toHaveLength(3);
    expect(new Set(pages.join("").split("\r\n")).size).toBe(1 + 503 + 1);
  });
});
