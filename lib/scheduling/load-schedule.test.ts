import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Tx } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { countStatements } from "@/tests/count-statements";
import { pgliteDatabase } from "@/tests/database";
import { createSalon } from "@/tests/salon";
import { findSlotsAsSaid } from "./find-slots-as-said";
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

  it("decides in one statement what a question reads, and is asked again where it has changed since", async () => {
    const salon = await createSalon(database);
    const question = (tx: Tx) => findSlotsAsSaid({ ...salon.ctx, tx }, { service: "trim", window: "any" });
    await withTenant(database, salon.orgId, question);
    await withTenant(database, salon.orgId, async (tx) => {
      const [found, statements] = await countStatements(tx, () => question(tx));
      expect([found.ok, statements]).toEqual([true, 1]);
    });
    await change(salon, sql`update services set aliases = array['shave'] where id = ${salon.haircut.id}`);
    const renamed = await withTenant(database, salon.orgId, question);
    expect(renamed.ok || renamed.detail.say).toBe("Which service would you like: Haircut or Colour?");
    await change(
      salon,
      sql`update services set aliases = array['trim'], duration_minutes = 240 where id = ${salon.haircut.id}`,
    );
    const longer = await withTenant(database, salon.orgId, question);
    const last = longer.ok ? longer.value.offers.map((offer) => offer.startsAt).sort()[1] : undefined;
    expect(last).toBe("2026-11-20T13:00:00-05:00");
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
