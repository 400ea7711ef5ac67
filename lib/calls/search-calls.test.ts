import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedCall, seedConnection } from "@/tests/seed-call";
import { searchCalls } from "./search-calls";

const noon = Date.parse("2026-11-20T12:00:00.000Z");

describe("searchCalls", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  async function organization() {
    const org = await createTestOrganization(database);
    const connectionId = await seedConnection(database, org.orgId);
    let n = 0;
    const seed = (row: Partial<Parameters<typeof seedCall>[2]>) =>
      seedCall(database, org.orgId, { connectionId, startedAt: new Date(noon + ++n * 60_000), ...row });
    return { ...org, seed };
  }

  it("finds what was said and shows the sentence", async () => {
    const { ctx, seed } = await organization();
    const call = await seed({
      transcript: "Agent: Good morning.\nCaller: Can I bring my poodle along?\nAgent: You can.",
    });
    await seed({ transcript: "Caller: A haircut." });
    const { items } = await searchCalls(ctx, { q: "Poodle" });
    expect(items.map((c) => c.id)).toEqual([call]);
    expect(items[0]?.hit).toEqual({ before: "Caller: Can I bring my ", match: "poodle", after: " along?" });
  });

  it("takes phrases and exclusions, and anything typed, without failing", async () => {
    const { ctx, seed } = await organization();
    const a = await seed({ transcript: "Caller: a red door", summary: "Wants paint" });
    const b = await seed({ transcript: "Caller: a door that is red" });
    const ids = async (q: string) => (await searchCalls(ctx, { q })).items.map((c) => c.id);
    expect(await ids('"red door"')).toEqual([a]);
    expect(await ids("door -paint")).toEqual([b]);
    expect(await ids("paint")).toEqual([a]);
    for (const odd of ['"', "()", "a & | !", "'; drop table calls; --", "\\", "%", "🙂", "a\0b"])
      expect(await ids(odd)).toBeInstanceOf(Array);
  });

  it("finds by the end of a number as people write it", async () => {
    const { ctx, seed } = await organization();
    const call = await seed({ fromNumber: "+12025550177" });
    await seed({ fromNumber: "+12025550188" });
    await seed({ fromNumber: null });
    for (const q of ["0177", "555-0177", "(202) 555 0177", "+1 202 555 0177"])
      expect(
        (await searchCalls(ctx, { q })).items.map((c) => c.id),
        q,
      ).toEqual([call]);
    expect((await searchCalls(ctx, { q: "202555" })).items).toEqual([]);
  });

  it("pages through filtered hits without losing or repeating one", async () => {
    const { ctx, seed } = await organization();
    const wanted: string[] = [];
    for (let n = 0; n < 130; n++) {
      const outcome = n % 13 === 0 ? "booked" : "answered";
      const id = await seed({ transcript: "Caller: haircut", outcome });
      if (outcome === "booked") wanted.unshift(id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchCalls(ctx, { q: "haircut", outcome: "booked", limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((c) => c.id));
      cursor = page.olderCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(wanted);
  });

  it("finds nothing of another organisation", async () => {
    const a = await organization();
    const b = await organization();
    await a.seed({ transcript: "Caller: secret", fromNumber: "+12025550199" });
    expect((await searchCalls(b.ctx, { q: "secret" })).items).toEqual([]);
    expect((await searchCalls(b.ctx, { q: "0199" })).items).toEqual([]);
  });
});
