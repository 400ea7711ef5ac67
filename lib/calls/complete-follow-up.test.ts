import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { auditEntries, followUps } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { newId } from "@/lib/platform/ids";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { completeFollowUp } from "./complete-follow-up";
import { listFollowUps } from "./list-follow-ups";

describe("follow-ups", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  async function organizationWithFollowUps() {
    const org = await createTestOrganization(database);
    const seed = async (text: string, row: { urgent?: boolean; minute: number }) => {
      const id = newId("followUp");
      const { orgId } = org;
      const createdAt = new Date(Date.parse("2026-11-20T10:00:00Z") + row.minute * 60_000);
      await withTenant(database, orgId, (tx) =>
        tx.insert(followUps).values({ id, orgId, kind: "message", text, urgent: row.urgent ?? false, createdAt }),
      );
      return id;
    };
    return {
      ...org,
      second: await seed("second", { minute: 2 }),
      first: await seed("first", { minute: 1 }),
      urgent: await seed("urgent", { minute: 3, urgent: true }),
    };
  }

  it("come urgent first, then in the order of waiting, until done", async () => {
    const { as, second, first, urgent, orgId } = await organizationWithFollowUps();
    const open = async () => (await listFollowUps(as("viewer"))).map((each) => each.id);
    expect(await open()).toEqual([urgent, first, second]);
    await completeFollowUp(as("member"), { followUpId: first });
    await completeFollowUp(as("member"), { followUpId: first });
    expect(await open()).toEqual([urgent, second]);
    expect(await listFollowUps(as("viewer"), { state: "done" })).toMatchObject([{ id: first, doneBy: "member" }]);
    const audit = await withTenant(database, orgId, (tx) =>
      tx.select().from(auditEntries).where(eq(auditEntries.subjectId, first)),
    );
    expect(audit).toHaveLength(1);
  });

  it("can be opened again", async () => {
    const { ctx, first } = await organizationWithFollowUps();
    await completeFollowUp(ctx, { followUpId: first });
    await completeFollowUp(ctx, { followUpId: first, isDone: false });
    expect((await listFollowUps(ctx)).map((each) => each.id)).toContain(first);
  });

  it("are not for viewers to settle, nor for others to see", async () => {
    const { as, first } = await organizationWithFollowUps();
    const other = await createTestOrganization(database);
    await expect(completeFollowUp(as("viewer"), { followUpId: first })).rejects.toMatchObject({ code: "forbidden" });
    await expect(completeFollowUp(other.ctx, { followUpId: first })).rejects.toMatchObject({ code: "not_found" });
    expect(await listFollowUps(other.ctx)).toEqual([]);
  });
});
