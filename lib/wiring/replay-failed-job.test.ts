import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { withTenant } from "@/db/tenant";
import { emptyPgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import type { App } from "./app";
import { replayFailedJob } from "./replay-failed-job";

const jobsWith = (known: string) =>
  ({ replayDeadJob: async (_orgId: string, id: string) => id === known }) as unknown as App["jobs"];

it("a replay stands in the audit; one that moved nothing does not, and only an admin may", async () => {
  const database = await emptyPgliteDatabase();
  const { orgId, as } = await createTestOrganization(database);
  expect(await replayFailedJob({ jobs: jobsWith("a") }, as("admin"), "a")).toBe(true);
  expect(await replayFailedJob({ jobs: jobsWith("a") }, as("admin"), "b")).toBe(false);
  await expect(replayFailedJob({ jobs: jobsWith("a") }, as("member"), "a")).rejects.toMatchObject({
    code: "forbidden",
  });
  const { rows } = await withTenant(database, orgId, (tx) =>
    tx.execute(sql`select action, subject_id from audit_entries where subject_kind = 'job'`),
  );
  expect(rows).toEqual([{ action: "job.replayed", subject_id: "a" }]);
});
