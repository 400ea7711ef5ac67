import { describe, expect, it } from "vitest";
import { forgetCallViews, saveCallView } from "@/lib/calls";
import { eraseContact, upsertContactByPhone } from "@/lib/contacts";
import { listAuditEntries } from "@/lib/events";
import { removeMember } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { mostViews } from "./call-view";
import { changeCallView } from "./change-call-view";
import { deleteCallView } from "./delete-call-view";
import { getCallView, listCallViews } from "./list-call-views";

const database = await pgliteDatabase();
const missed = { outcome: "missed" as const };

const save = async (ctx: Context, name: string, isShared = false, filter: object = missed) => {
  const saved = await saveCallView(ctx, { name, filter, isShared });
  if (!saved.ok) throw new Error(saved.reason);
  return saved.value;
};
const names = async (ctx: Context) => (await listCallViews(ctx)).map((view) => view.name);

describe("views of the calls", () => {
  it("are one's own or everybody's: one's own nobody else sees, changes or reads of in the audit", async () => {
    const org = await createTestOrganization(database);
    const [owner, member] = [org.as("owner"), org.as("member")];
    const own = await save(member, "  To call\n back ", false, { q: "call me back", review: "1", day: "today" });
    expect(own).toMatchObject({ name: "To call back", filter: { q: "call me back", review: "1", day: "today" } });
    const shared = await save(owner, "Missed", true);
    expect(await names(member)).toEqual(["To call back", "Missed"]);
    expect(await names(owner)).toEqual(["Missed"]);
    for (const change of [
      changeCallView(owner, { viewId: own.id, name: "Mine now", isShared: true }),
      deleteCallView(owner, { viewId: own.id }),
    ])
      await expect(change).rejects.toMatchObject({ code: "not_found" });
    await changeCallView(member, { viewId: shared.id, name: "Missed calls", isShared: true });
    await changeCallView(member, { viewId: own.id, name: "Call back", isShared: false });
    expect(await names(member)).toEqual(["Call back", "Missed calls"]);
    const { items } = await listAuditEntries(org.ctx, {});
    const views = items.filter(({ action }) => action === "call_view.changed").map(({ changes }) => changes);
    expect(views).toEqual([
      {},
      { name: { from: "Missed", to: "Missed calls" } },
      { saved: "Missed" },
      { saved: "for oneself" },
    ]);
  });

  it("are given to everybody and taken back by who works with the calls; who only looks has their own", async () => {
    const org = await createTestOrganization(database);
    const [member, viewer] = [org.as("member"), org.as("viewer")];
    const own = await save(viewer, "Mine");
    const denied = { code: "forbidden" };
    await expect(saveCallView(viewer, { name: "All", filter: missed, isShared: true })).rejects.toMatchObject(denied);
    await expect(changeCallView(viewer, { viewId: own.id, name: "Mine", isShared: true })).rejects.toMatchObject(
      denied,
    );
    const shared = await save(member, "Ours", true);
    await expect(deleteCallView(viewer, { viewId: shared.id })).rejects.toMatchObject(denied);
    await expect(
      changeCallView(viewer, { viewId: shared.id, name: "Mine too", isShared: false }),
    ).rejects.toMatchObject(denied);
    await changeCallView(member, { viewId: shared.id, name: "Ours", isShared: false });
    expect([await names(member), await names(viewer)]).toEqual([["Ours"], ["Mine"]]);
    await deleteCallView(viewer, { viewId: own.id });
    expect(await names(viewer)).toEqual([]);
  });

  it("have a name, once each, a filter, and not too many", async () => {
    const org = await createTestOrganization(database);
    const ctx = org.as("owner");
    const refused = (name: string, filter: object = missed) => saveCallView(ctx, { name, filter, isShared: false });
    for (const name of ["", " \0 ", "x".repeat(41)])
      await expect(refused(name)).rejects.toMatchObject({ options: { fields: [{ path: "name" }] } });
    for (const filter of [
      {},
      { cursor: "x" },
      { day: "31.12." },
      { day: "2026-02-30" },
      { outcome: "won" },
      { agent: "' or 1" },
      { q: " " },
    ])
      await expect(refused("View", filter)).rejects.toMatchObject({ code: "invalid_input" });
    const first = await save(ctx, "İlk görünüm");
    expect(await refused("İLK GÖRÜNÜM".toLowerCase())).toMatchObject({ reason: "name_taken" });
    await save(ctx, "İlk görünüm", true);
    expect((await changeCallView(ctx, { viewId: first.id, name: "ilk", isShared: true })).ok).toBe(true);
    expect(await changeCallView(ctx, { viewId: first.id, name: "İLK GÖRÜNÜM", isShared: true })).toMatchObject({
      reason: "name_taken",
    });
    const all = await Promise.all(Array.from({ length: mostViews + 2 }, (_, n) => refused(`View ${n}`)));
    expect(all.map((each) => each.ok || each.reason).filter((each) => each !== true)).toEqual([
      "too_many_views",
      "too_many_views",
    ]);
    expect(await names(ctx)).toHaveLength(mostViews + 2);
  });

  it("of another organisation do not exist", async () => {
    const [a, b] = [await createTestOrganization(database), await createTestOrganization(database)];
    const theirs = await save(b.as("owner"), "Theirs", true);
    const ctx = a.as("owner");
    expect(await names(ctx)).toEqual([]);
    for (const viewId of [theirs.id, newId("callView"), "", "' or 1=1"])
      for (const attempt of [
        getCallView(ctx, viewId),
        changeCallView(ctx, { viewId, name: "Mine", isShared: false }),
        deleteCallView(ctx, { viewId }),
      ])
        await expect(attempt).rejects.toMatchObject({ code: "not_found" });
    expect(await names(b.as("owner"))).toEqual(["Theirs"]);
  });

  it("go with their member, with a contact they look for, and with the organisation", async () => {
    const org = await createTestOrganization(database);
    const [owner, member] = [org.as("owner"), org.as("member")];
    const contact = await upsertContactByPhone(org.ctx, { phone: "+12025550143", name: "Ann Bell" });
    for (const [name, q] of [
      ["Calls of ann bell", "x"],
      ["Her", "ann bell"],
      ["Number", "(202) 555 0143"],
    ] as const)
      await save(owner, name, true, { q });
    for (const [name, q] of [
      ["Annabell", "ann bellows"],
      ["Short", "143"],
      ["Zeros", "0000000"],
    ] as const)
      await save(owner, name, true, { q });
    await eraseContact(org.ctx, { contactId: contact.id }, { eraseCalls: async () => 0 });
    expect(await names(owner)).toEqual(["Annabell", "Short", "Zeros"]);
    await save(member, "Own");
    await removeMember(owner, { memberId: org.people.member?.memberId ?? "" });
    expect(await names(member)).not.toContain("Own");
    await save(owner, "Owner's");
    await forgetCallViews(org.ctx);
    expect([await names(owner), await names(member)]).toEqual([[], []]);
  });
});
