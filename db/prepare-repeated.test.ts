import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { withTenant } from "./tenant";

const kept = sql`select statement from pg_prepared_statements where statement like ${"%::int as value%from members%"}`;
const long = (value: number) =>
  sql`select ${value}::int as value from members where org_id is not null and role is not null order by id limit 1`;

describe.skipIf(postgresUnavailable())("statements a connection sees again", () => {
  it("are prepared from the second time on, and answer as before", async () => {
    const database = await postgresDatabase({ maxConnections: 1 });
    const { orgId } = await createTestOrganization(database);
    const run = (value: number) => withTenant(database, orgId, async (tx) => (await tx.execute(long(value))).rows);
    const plans = async () => (await database.db.execute(kept)).rows.length;
    expect(await run(1)).toEqual([{ value: 1 }]);
    expect(await plans()).toBe(0);
    expect(await run(2)).toEqual([{ value: 2 }]);
    expect(await run(3)).toEqual([{ value: 3 }]);
    expect(await plans()).toBe(1);
  });

  it("see each tenant's rows only, though they share a plan", async () => {
    const database = await postgresDatabase({ maxConnections: 1 });
    const a = await createTestOrganization(database);
    const b = await createTestOrganization(database);
    const whose = (orgId: string) =>
      withTenant(database, orgId, async (tx) => {
        const { rows } = await tx.execute(
          sql`select distinct org_id, ${"as a parameter, so that it is long enough"}::text as said from members order by org_id`,
        );
        return rows.map((row) => (row as { org_id: string }).org_id);
      });
    for (let n = 0; n < 8; n++) {
      expect(await whose(a.orgId)).toEqual([a.orgId]);
      expect(await whose(b.orgId)).toEqual([b.orgId]);
    }
  });

  it("outlive a migration that changes what they answer", async () => {
    const database = await postgresDatabase({ maxConnections: 1 });
    const { orgId } = await createTestOrganization(database);
    await database.db.execute(sql`create table plans_change (id int); grant select on plans_change to app_tenant`);
    const read = () =>
      withTenant(database, orgId, async (tx) => {
        const { rows } = await tx.execute(
          sql`select plans_change.* from plans_change right join (select ${1}::int as one) as always on true where one is not null`,
        );
        return Object.keys(rows[0] ?? {});
      });
    await read();
    await read();
    expect(await read()).toEqual(["id"]);
    await database.db.execute(sql`alter table plans_change add column later int`);
    expect(await read()).toEqual(["id", "later"]);
  });
});
