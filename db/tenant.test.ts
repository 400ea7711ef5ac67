import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { pgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { mustHold, readInTenant, sendBehind, sendHoping, sqlState, withSavepoint, withTenant } from "./tenant";

const noPostgres = postgresUnavailable();

for (const [name, open, skip] of [
  ["embedded", pgliteDatabase, undefined],
  ["PostgreSQL", postgresDatabase, noPostgres],
] as const) {
  describe.skipIf(skip)(`withTenant on ${name}`, async () => {
    const database = skip ? await pgliteDatabase() : await open();

    it("shows a tenant its own rows only, without any WHERE", async () => {
      const a = await createTestOrganization(database);
      const b = await createTestOrganization(database);
      const count = (orgId: string) =>
        withTenant(database, orgId, async (tx) => {
          const { rows } = await tx.execute(sql`select count(*)::int as n, min(org_id) as org from members`);
          return rows[0];
        });
      expect(await count(a.orgId)).toEqual({ n: 4, org: a.orgId });
      expect(await count(b.orgId)).toEqual({ n: 4, org: b.orgId });
    });

    it("refuses a write into another tenant", async () => {
      const a = await createTestOrganization(database);
      const b = await createTestOrganization(database);
      const write = withTenant(database, a.orgId, (tx) =>
        tx
          .execute(sql`update organizations set name = 'x' where true`)
          .then(() => tx.execute(sql`insert into staff (id, org_id, name) values ('stf_x', ${b.orgId}, 'x')`)),
      );
      await expect(write).rejects.toSatisfy((e) => sqlState(e) === "42501");
    });

    it("leaves no role and no tenant behind, also after a failure", async () => {
      const a = await createTestOrganization(database);
      await withTenant(database, a.orgId, () => Promise.reject(new Error("boom"))).catch(() => {});
      const { rows } = await database.db.execute(
        sql`select current_user as u, current_setting('app.org_id', true) as org`,
      );
      expect(rows[0]).toMatchObject({ u: "postgres" });
      expect((rows[0] as { org: string | null }).org || null).toBeNull();
    });

    it("refuses a transaction inside a transaction", async () => {
      const a = await createTestOrganization(database);
      await expect(withTenant(database, a.orgId, () => withTenant(database, a.orgId, async () => 1))).rejects.toThrow(
        "pass the tx down",
      );
    });

    it("lets nothing be written where only reading was asked for, and leaves the connection as it was", async () => {
      const { orgId } = await createTestOrganization(database);
      const scope = { database, orgId };
      const read = () => readInTenant(scope, async (tx) => (await tx.execute(sql`select id from organizations`)).rows);
      expect(await read()).toEqual([{ id: orgId }]);
      const write = readInTenant(scope, (tx) =>
        tx.execute(sql`insert into staff (id, org_id, name) values (${`stf_r_${orgId}`}, ${orgId}, 'written')`),
      );
      await expect(write).rejects.toSatisfy((e) => sqlState(e) === "25006");
      expect(await read()).toEqual([{ id: orgId }]);
      const { rows } = await database.db.execute(
        sql`select current_user as u, current_setting('transaction_read_only') as r`,
      );
      expect(rows[0]).toEqual({ u: "postgres", r: "off" });
    });

    describe("a statement that nobody waits for", () => {
      const insert = (orgId: string, id: string) =>
        sql`insert into staff (id, org_id, name) values (${id}, ${orgId}, 'sent')`;
      const count = (orgId: string) =>
        withTenant(database, orgId, async (tx) => {
          const { rows } = await tx.execute(sql`select count(*)::int as n from staff`);
          return (rows[0] as { n: number }).n;
        });

      it("is seen by what follows it and kept by the commit", async () => {
        const { orgId } = await createTestOrganization(database);
        const before = await count(orgId);
        const seen = await withTenant(database, orgId, async (tx) => {
          await sendBehind(tx, insert(orgId, `stf_1_${orgId}`));
          const { rows } = await tx.execute(sql`select count(*)::int as n from staff`);
          await sendBehind(tx, insert(orgId, `stf_2_${orgId}`));
          return (rows[0] as { n: number }).n;
        });
        expect([seen, await count(orgId)]).toEqual([before + 1, before + 2]);
      });

      it("joins others before the next one, and fails with them", async () => {
        const { orgId } = await createTestOrganization(database);
        const before = await count(orgId);
        const ids = Array.from({ length: 10 }, (_, n) => `stf_m${n}_${orgId}`);
        const seen = await withTenant(database, orgId, async (tx) => {
          await sendBehind(tx, ...ids.slice(0, 2).map((id) => insert(orgId, id)));
          for (const id of ids.slice(2)) await sendBehind(tx, insert(orgId, id));
          const { rows } = await tx.execute(sql`select count(*)::int as n from staff`);
          return (rows[0] as { n: number }).n;
        });
        expect([seen, await count(orgId)]).toEqual([before + 10, before + 10]);
        const failing = withTenant(database, orgId, (tx) =>
          sendBehind(tx, insert(orgId, `stf_n_${orgId}`), insert(orgId, ids[0] ?? "")),
        );
        await expect(failing).rejects.toSatisfy((e) => sqlState(e) === "23505");
        expect(await count(orgId)).toBe(before + 10);
      });

      it("runs in the order in which it was sent, so that events are told as they came", async () => {
        const { orgId } = await createTestOrganization(database);
        const ids = Array.from({ length: 11 }, (_, n) => `evt_${n}_${orgId}`);
        const publish = (id: string) =>
          sql`insert into events (id, org_id, kind, subject_id, payload) values (${id}, ${orgId}, 'test', 'order', '{}')`;
        await withTenant(database, orgId, async (tx) => {
          await sendBehind(tx, ...ids.slice(0, 3).map(publish));
          for (const id of ids.slice(3)) await sendBehind(tx, publish(id));
        });
        const { rows } = await database.db.execute(
          sql`select id from events where org_id = ${orgId} and subject_id = 'order' order by tx, seq`,
        );
        expect(rows.map(({ id }) => id)).toEqual(ids);
      });

      it("undoes the transaction when it fails, with its own error, whether or not something follows", async () => {
        const { orgId } = await createTestOrganization(database);
        const before = await count(orgId);
        const failing = (then: boolean) =>
          withTenant(database, orgId, async (tx) => {
            await tx.execute(insert(orgId, `stf_3_${orgId}`));
            await sendBehind(tx, insert(orgId, `stf_3_${orgId}`));
            if (then) await tx.execute(sql`select 1`);
          });
        await expect(failing(false)).rejects.toSatisfy((e) => sqlState(e) === "23505");
        await expect(failing(true)).rejects.toSatisfy((e) => sqlState(e) === "23505");
        expect(await count(orgId)).toBe(before);
      });

      it("fails within its savepoint and spoils nothing else", async () => {
        const { orgId } = await createTestOrganization(database);
        const before = await count(orgId);
        const inside = await withTenant(database, orgId, async (tx) => {
          await sendBehind(tx, insert(orgId, `stf_4_${orgId}`));
          const error = await withSavepoint(tx, () => sendBehind(tx, insert(orgId, `stf_4_${orgId}`))).catch((e) => e);
          await sendBehind(tx, insert(orgId, `stf_5_${orgId}`));
          return sqlState(error);
        });
        expect([inside, await count(orgId)]).toEqual(["23505", before + 2]);
      });
    });

    describe("a statement that is hoped to succeed", () => {
      const named = (orgId: string) =>
        withTenant(database, orgId, async (tx) => (await tx.execute(sql`select name from staff order by name`)).rows);
      const insert = (orgId: string, name: string, isWanted: boolean) => sql`
        with main as (insert into staff (id, org_id, name) select ${`stf_${name}_${orgId}`}, ${orgId}, ${name} where ${isWanted} returning id)
        select ${mustHold(sql`(select count(*) from main) = 1`)}`;

      it("is kept when it does, and repeats the transaction without hope when it does not", async () => {
        const { orgId } = await createTestOrganization(database);
        const runs: boolean[] = [];
        const book = (name: string, isWanted: boolean, then: boolean) =>
          withTenant(database, orgId, async (tx) => {
            await sendBehind(tx, insert(orgId, `before ${name}`, true));
            const isSent = sendHoping(tx, insert(orgId, name, isWanted));
            runs.push(isSent);
            if (!isSent) return "asked";
            if (then) await tx.execute(sql`select 1`);
            return "hoped";
          });
        const canHope = database.driver !== "pglite";
        expect(await book("a", true, false)).toBe(canHope ? "hoped" : "asked");
        expect(await book("b", false, false)).toBe("asked");
        expect(await book("c", false, true)).toBe("asked");
        expect(runs).toEqual(canHope ? [true, true, false, true, false] : [false, false, false]);
        const kept = canHope ? ["a", "before a", "before b", "before c"] : ["before a", "before b", "before c"];
        expect(await named(orgId)).toEqual(kept.map((name) => ({ name })));
      });

      it("is not sent within a savepoint, whose failure must not repeat what came before", async () => {
        const { orgId } = await createTestOrganization(database);
        const sent = await withTenant(database, orgId, (tx) =>
          withSavepoint(tx, async () => sendHoping(tx, insert(orgId, "x", false))),
        );
        expect(sent).toBe(false);
      });
    });

    it("keeps what came before a failed savepoint", async () => {
      const a = await createTestOrganization(database);
      const names = await withTenant(database, a.orgId, async (tx) => {
        await tx.execute(sql`insert into staff (id, org_id, name) values (${`stf_${a.orgId}`}, ${a.orgId}, 'kept')`);
        await withSavepoint(tx, () =>
          tx.execute(sql`insert into staff (id, org_id, name) values ('dup', 'other', 'x')`),
        ).catch(() => {});
        return (await tx.execute(sql`select name from staff`)).rows;
      });
      expect(names).toEqual([{ name: "kept" }]);
    });
  });
}
