import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { withTenant } from "@/db/tenant";
import { pgliteDatabase } from "@/tests/database";
import { createSalon } from "@/tests/salon";
import { loadSchedule } from "./load-schedule";

const database = await pgliteDatabase();

describe("what is configured", () => {
  const read = (salon: Awaited<ReturnType<typeof createSalon>>) =>
    withTenant(database, salon.orgId, (tx) => loadSchedule(salon.ctx, tx));
  const change = (salon: { orgId: string }, statement: ReturnType<typeof sql>) =>
    withTenant(database, salon.orgId, (tx) => tx.execute(statement));
  const names = (schedule: { services: readonly { name: string }[] }) => schedule.services.map((each) => each.name);

  it("counts from the moment it changes, whoever changes it and however", async () => {
    const salon = await createSalon(database);
    const before = await read(salon);
    await change(salon, sql`update services set name = 'Shave' where name = ${before.services[0]?.name}`);
    expect(names(await read(salon))).toContain("Shave");
    await change(salon, sql`delete from weekly_hours where staff_id is null`);
    expect((await read(salon)).business.weekly.flat()).toEqual([]);
    await change(salon, sql`update organizations set time_zone = 'Asia/Kolkata'`);
    expect((await read(salon)).zone.name).toBe("Asia/Kolkata");
  });

  it("is forgotten when the transaction that changed it is undone, also after another change", async () => {
    const salon = await createSalon(database);
    const before = names(await read(salon));
    const undone = withTenant(database, salon.orgId, async (tx) => {
      await tx.execute(sql`update services set name = 'Never'`);
      expect(names(await loadSchedule(salon.ctx, tx))).toContain("Never");
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    expect(names(await read(salon))).toEqual(before);
    await change(salon, sql`update services set duration_minutes = duration_minutes + 5`);
    expect(names(await read(salon))).toEqual(before);
  });

  it("of one organisation is never another's", async () => {
    const [a, b] = [await createSalon(database), await createSalon(database)];
    const [ofA, ofB] = [await read(a), await read(b)];
    const ids = new Set(ofA.services.map((each) => each.id));
    expect(ofB.services.some((each) => ids.has(each.id))).toBe(false);
  });
});
