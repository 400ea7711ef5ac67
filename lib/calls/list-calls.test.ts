import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { agents } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { upsertContactByPhone } from "@/lib/contacts";
import { newId } from "@/lib/platform/ids";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { countCalls } from "./count-calls";
import { listCalls } from "./list-calls";
import { listLiveCalls } from "./list-live-calls";

const minute = 60_000;
const noon = Date.parse("2026-11-20T12:00:00.000Z");

describe("listCalls", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  async function organizationWithCalls(count: number) {
    const org = await createTestOrganization(database);
    const connectionId = await seedConnection(database, org.orgId);
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      // Pairs share an instant, so that the id has to decide.
      const startedAt = new Date(noon + Math.floor(n / 2) * minute);
      ids.push(await seedCall(database, org.orgId, { connectionId, startedAt }));
    }
    return { ...org, connectionId, newestFirst: ids.reverse() };
  }

  it("gives every call once, newest first, whatever arrives in between", async () => {
    const { ctx, orgId, connectionId, newestFirst } = await organizationWithCalls(11);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listCalls(ctx, { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((call) => call.id));
      cursor = page.olderCursor ?? undefined;
      await seedCall(database, orgId, { connectionId, startedAt: new Date(noon + 60 * minute) });
    } while (cursor);
    expect(seen).toEqual(newestFirst);
  });

  it("goes back over the same pages and ends at the first", async () => {
    const { ctx } = await organizationWithCalls(8);
    const first = await listCalls(ctx, { limit: 3 });
    const second = await listCalls(ctx, { limit: 3, cursor: first.olderCursor ?? "" });
    const third = await listCalls(ctx, { limit: 3, cursor: second.olderCursor ?? "" });
    expect(third.olderCursor).toBeNull();
    expect(await listCalls(ctx, { limit: 3, cursor: third.newerCursor ?? "", direction: "newer" })).toEqual(second);
    expect(await listCalls(ctx, { limit: 3, cursor: second.newerCursor ?? "", direction: "newer" })).toEqual(first);
    expect(first.newerCursor).toBeNull();
  });

  it("filters by outcome, state, review, contact, agent and time, alone and together", async () => {
    const { ctx, orgId } = await createTestOrganization(database);
    const connectionId = await seedConnection(database, orgId);
    const contact = await upsertContactByPhone(ctx, { phone: "+12025550143", name: "Ann" });
    const agentId = newId("agent");
    await withTenant(database, orgId, (tx) =>
      tx.insert(agents).values({ id: agentId, orgId, name: "Front desk", job: "x" }),
    );
    const seed = (row: Partial<Parameters<typeof seedCall>[2]>) => seedCall(database, orgId, { connectionId, ...row });
    const booked = await seed({ outcome: "booked", contactId: contact.id, agentId });
    const missed = await seed({ outcome: "missed", startedAt: new Date(noon) });
    const review = await seed({ outcome: "booked", needsReview: true, startedAt: new Date(noon + minute) });
    const live = await seed({ status: "in_progress", startedAt: new Date(noon + 2 * minute) });
    const ids = async (filter: Parameters<typeof listCalls>[1]) =>
      (await listCalls(ctx, filter)).items.map((c) => c.id);
    expect(await ids({ outcome: "booked" })).toEqual([review, booked]);
    expect(await ids({ outcome: "missed" })).toEqual([missed]);
    expect(await ids({ state: "live" })).toEqual([live]);
    expect(await ids({ state: "ended" })).toEqual([review, missed, booked]);
    expect(await ids({ needsReview: true })).toEqual([review]);
    expect(await ids({ agentId })).toEqual([booked]);
    expect(await ids({ contactId: contact.id, outcome: "booked" })).toEqual([booked]);
    expect(await ids({ contactId: contact.id, outcome: "missed" })).toEqual([]);
    expect(await ids({ from: new Date(noon), to: new Date(noon + minute) })).toEqual([missed]);
    expect((await listLiveCalls(ctx)).map((c) => c.id)).toEqual([live]);
    expect(await countCalls(ctx, { outcome: "booked" })).toEqual({ count: 2, isCapped: false });
    const [line] = (await listCalls(ctx, { agentId })).items;
    expect(line).toMatchObject({ agent: { name: "Front desk" }, contact: { name: "Ann" }, booking: null });
  });

  it("shows nobody else's calls and refuses an unknown filter", async () => {
    const a = await organizationWithCalls(2);
    const b = await createTestOrganization(database);
    expect((await listCalls(b.ctx)).items).toEqual([]);
    const foreign = await listCalls(a.ctx, { limit: 1 });
    expect((await listCalls(b.ctx, { cursor: foreign.olderCursor ?? "" })).items).toEqual([]);
    await expect(listCalls(a.ctx, { outcome: "nonsense" as "booked" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect((await listCalls(a.ctx, { cursor: "%%%" })).items).toHaveLength(2);
  });
});
