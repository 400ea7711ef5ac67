import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { listContacts } from "@/lib/contacts";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { seedConnection } from "@/tests/seed-call";
import { countCalls, getOverview, listCalls, listLiveCalls, searchCalls } from "./index";

const agentId = newId("agent");
const middle = new Date("2026-01-07T00:00:00.000Z");
const contactOf = (organization: string, n: number) => `ctc_${organization}${String(n).padStart(25, "0")}`;

describe.skipIf(postgresUnavailable())("reading lists of 3 × 20,000 calls on PostgreSQL", () => {
  let database: Database;
  let ctx: Context;

  beforeAll(async () => {
    // One connection: its count of table scans can be read as soon as it has made one.
    database = await postgresDatabase({ maxConnections: 1 });
    for (const organization of ["0", "1", "2"]) {
      const org = await createTestOrganization(database, { now: "2026-01-14T20:00:00.000Z" });
      ctx = org.ctx;
      await fill(org.orgId, await seedConnection(database, org.orgId), organization);
    }
    await database.db.execute(sql`analyze`);
  });

  async function fill(orgId: string, connectionId: string, organization: string) {
    await database.db.execute(sql`
      insert into contacts (id, org_id, name, phone, last_seen_at)
      select 'ctc_' || ${organization} || lpad(n::text, 25, '0'), ${orgId}, 'Caller ' || n, '+1202' || lpad((n * 7919 % 10000000)::text, 7, '0'),
        '2026-01-01'::timestamptz + n * interval '1 minute' from generate_series(1, 4000) n`);
    await database.db.execute(sql`
      insert into calls (id, org_id, connection_id, external_id, agent_id, contact_id, status, outcome, from_number, started_at,
        last_event_at, transcript, needs_review)
      select 'call_' || ${organization} || lpad(n::text, 25, '0'), ${orgId}, ${connectionId}, n::text, case when n % 50 = 0 then ${agentId}::text end,
        'ctc_' || ${organization} || lpad((1 + n % 4000)::text, 25, '0'), case when n > 19998 then 'in_progress' else 'ended' end,
        (array['booked', 'missed', 'answered', 'message'])[1 + n % 4], '+1202' || lpad((n * 7919 % 10000000)::text, 7, '0'),
        '2026-01-01'::timestamptz + n * interval '1 minute', now(), 'Caller: word' || n % 2000 || ' please', n % 500 = 0
      from generate_series(1, 20000) n`);
  }

  /** How often each large table has been gone through from end to end, inside functions too. */
  async function tableScans(): Promise<unknown> {
    await database.db.execute(sql`select pg_stat_force_next_flush()`);
    const { rows } = await database.db.execute(
      sql`select relname, seq_scan::int from pg_stat_user_tables where relname in ('calls', 'contacts') order by relname`,
    );
    return rows;
  }

  const older = async () => (await listCalls(ctx, { to: middle })).olderCursor ?? "";

  it.each<[string, () => Promise<unknown[]>]>([
    ["the first page", async () => (await listCalls(ctx)).items],
    ["a middle page", async () => (await listCalls(ctx, { cursor: await older() })).items],
    ["a page upwards", async () => (await listCalls(ctx, { cursor: await older(), direction: "newer" })).items],
    ["one outcome", async () => (await listCalls(ctx, { outcome: "booked" })).items],
    ["one agent", async () => (await listCalls(ctx, { agentId })).items],
    ["what needs review", async () => (await listCalls(ctx, { needsReview: true })).items],
    ["one contact", async () => (await listCalls(ctx, { contactId: contactOf("2", 77) })).items],
    ["one day", async () => (await listCalls(ctx, { from: middle, to: new Date(+middle + 86_400_000) })).items],
    ["live calls", () => listLiveCalls(ctx)],
    [
      "a capped count",
      async () => [(await countCalls(ctx, { outcome: "missed" })).isCapped || undefined].filter(Boolean),
    ],
    ["a word", async () => (await searchCalls(ctx, { q: "word77" })).items],
    ["the end of a number", async () => (await searchCalls(ctx, { q: "7919" })).items],
    [
      "the overview",
      async () => (await getOverview(ctx, { timeZone: "UTC" })).hours.filter((hour) => hour.answered > 0),
    ],
    ["contacts", async () => (await listContacts(ctx)).items],
    ["contacts by number", async () => (await listContacts(ctx, { q: "7919" })).items],
  ])("%s: found through an index", async (_, read) => {
    const before = await tableScans();
    expect((await read()).length).toBeGreaterThan(0);
    expect(await tableScans()).toEqual(before);
  });

  it("would notice a scan", async () => {
    const before = await tableScans();
    await database.db.execute(sql`select count(*) from calls where transcript like '%x%'`);
    expect(await tableScans()).not.toEqual(before);
  });
});
