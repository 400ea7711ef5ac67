import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { createContact, listContacts, upsertContactByPhone } from "./index";

describe("listContacts", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  async function organizationWithContacts(count: number) {
    let tick = Date.parse("2026-11-20T10:00:00.000Z");
    const org = await createTestOrganization(database, { now: { now: () => new Date(tick) } });
    for (let n = 0; n < count; n++) {
      // Every second pair shares its instant: the id decides.
      if (n % 2 === 0) tick += 1000;
      await upsertContactByPhone(org.ctx, { phone: `+1202555${String(1000 + n)}`, name: `Caller ${n}` });
    }
    return { ...org, later: (ms: number) => (tick += ms) };
  }

  it("pages through all, each once, both ways, while others are added", async () => {
    const { ctx, later } = await organizationWithContacts(11);
    const first = await listContacts(ctx, { limit: 4 });
    later(1000);
    await upsertContactByPhone(ctx, { phone: "+12025552000", name: "Newcomer" });
    const second = await listContacts(ctx, { limit: 4, cursor: first.olderCursor ?? "" });
    const third = await listContacts(ctx, { limit: 4, cursor: second.olderCursor ?? "" });
    const names = [...first.items, ...second.items, ...third.items].map((c) => c.name);
    expect(new Set(names).size).toBe(11);
    expect(names).not.toContain("Newcomer");
    expect(third.olderCursor).toBeNull();
    const back = await listContacts(ctx, { limit: 4, cursor: third.newerCursor ?? "", direction: "newer" });
    expect(back.items).toEqual(second.items);
    const top = await listContacts(ctx, { limit: 4, cursor: back.newerCursor ?? "", direction: "newer" });
    expect(top.items[3]?.name).toBe(first.items[3]?.name);
  });

  it("gives the first page when there is less than a page above", async () => {
    const { ctx } = await organizationWithContacts(6);
    const first = await listContacts(ctx, { limit: 4 });
    const second = await listContacts(ctx, { limit: 4, cursor: first.olderCursor ?? "" });
    expect(await listContacts(ctx, { limit: 4, cursor: second.newerCursor ?? "", direction: "newer" })).toEqual(first);
  });

  it("finds by part of a name and by the end of a number, literally", async () => {
    const { ctx } = await createTestOrganization(database);
    await createContact(ctx, { name: "Zoë O'Hara 100%", phone: "+12025550143" });
    await createContact(ctx, { name: "Bob", phone: "+12025550199" });
    const found = async (q: string) => (await listContacts(ctx, { q })).items.map((c) => c.name);
    expect(await found("o'har")).toEqual(["Zoë O'Hara 100%"]);
    expect(await found("0199")).toEqual(["Bob"]);
    expect(await found("100%")).toEqual(["Zoë O'Hara 100%"]);
    expect(await found("%")).toEqual(["Zoë O'Hara 100%"]);
    expect(await found("nobody")).toEqual([]);
  });

  it("takes a cursor that is not ours for none", async () => {
    const { ctx } = await organizationWithContacts(3);
    expect((await listContacts(ctx, { cursor: "' or 1=1" })).items).toHaveLength(3);
  });
});
