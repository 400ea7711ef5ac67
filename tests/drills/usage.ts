import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { foldLedger, listBalances, rebuildRollups, sumPeriod } from "@/lib/ledger";
import { createTestOrganization, testContext } from "../organization";
import { seedConnection } from "../seed-call";
import { type MadeCall, madeCalls, seeded } from "./usage-calls";

export type UsageDrill = {
  organizations: number;
  calls: number;
  kills: number;
  records: number;
  corrections: number;
  minutes: number;
  /** Each must be 0. */
  faults: {
    callsNotCountedOnce: number;
    callsCountedWrong: number;
    organizationsWrong: number;
    unbalanced: number;
    sumsWrong: number;
  };
};

type Options = { organizations: number; calls: number; workers: number; kills: number; seed?: number };

/**
 * A year of calls, counted by several processes at once that are told of every end and report in any order and some of it twice, and are
 * killed in between. What the ledger then says is compared with what each call was made to count for.
 */
export async function drillUsage(database: Database & { url: string }, options: Options): Promise<UsageDrill> {
  const { workers, kills, seed = 1 } = options;
  const orgs: { orgId: string; connectionId: string }[] = [];
  for (let n = 0; n < options.organizations; n++) {
    const { orgId } = await createTestOrganization(database);
    orgs.push({ orgId, connectionId: await seedConnection(database, orgId) });
  }
  const calls = madeCalls(options.calls, orgs.length, seeded(seed));
  await insertCalls(database, calls, orgs);
  const random = seeded(seed + 1);
  const deaths = Array.from({ length: kills }, () => Math.floor(random() * workers));
  await Promise.all(
    Array.from({ length: workers }, (_, share) =>
      work(
        [database.url, orgs.map(({ orgId }) => orgId).join(), options.calls, seed, share, workers],
        deaths.filter((who) => who === share).length,
        () => 10 + Math.floor(random() * ((options.calls * 2) / workers / (kills + 1))),
      ),
    ),
  );
  return { organizations: orgs.length, calls: calls.length, kills, ...(await compare(database, calls, orgs)) };
}

/** Runs a worker to its end, killing it `deaths` times on the way; it goes on where it last said it was. */
async function work(args: (string | number)[], deaths: number, after: () => number): Promise<void> {
  let from = 0;
  for (let left = deaths; ; left--) {
    const script = path.resolve("tests/drills/usage-worker.ts");
    const given = [...args, from].map(String);
    const worker = spawn(process.execPath, ["--conditions=react-server", "--import", "tsx", script, ...given], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = once(worker, "exit");
    const dies = left > 0 ? from + after() : Number.POSITIVE_INFINITY;
    let isDone = false;
    for await (const line of createInterface(worker.stdout)) {
      if (line === "done") isDone = true;
      else from = Number(line);
      if (!isDone && from >= dies) {
        worker.kill("SIGKILL");
        break;
      }
    }
    const [code] = (await exited) as [number | null];
    if (isDone) return;
    if (left <= 0) throw new Error(`a worker ended with ${code}`);
  }
}

async function insertCalls(
  database: Database,
  calls: readonly MadeCall[],
  orgs: { orgId: string; connectionId: string }[],
) {
  for (const [n, { orgId, connectionId }] of orgs.entries()) {
    const rows = calls
      .filter((call) => call.org === n)
      .map(({ id, kind, answeredAt, lastHeard }) => ({
        id,
        kind,
        at: answeredAt.toISOString(),
        heard: lastHeard === null ? null : new Date(answeredAt.getTime() + lastHeard * 1000).toISOString(),
      }));
    const list = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as made(id text, kind text, at timestamptz, heard timestamptz)`;
    await withTenant(database, orgId, async (tx) => {
      await tx.execute(sql`
        insert into calls (id, org_id, connection_id, external_id, kind, status, started_at, answered_at, last_event_at)
        select id, ${orgId}, ${connectionId}, id, kind, 'in_progress', at, at, at from ${list}`);
      await tx.execute(sql`
        insert into inbox_events (id, org_id, connection_id, call_external_id, call_id, kind, dedupe_key, body, received_at, processed_at)
        select 'ibx_' || id, ${orgId}, ${connectionId}, id, id, 'transcript', id, '{}', heard, heard from ${list} where heard is not null`);
    });
  }
}

type Row = { call_id: string; n: number; minutes: number; cost: string; used: string };

async function compare(database: Database, calls: readonly MadeCall[], orgs: { orgId: string }[]) {
  const faults = { callsNotCountedOnce: 0, callsCountedWrong: 0, organizationsWrong: 0, unbalanced: 0, sumsWrong: 0 };
  const totals = { records: 0, corrections: 0, minutes: 0 };
  for (const [n, { orgId }] of orgs.entries()) {
    const ctx = testContext(database, orgId);
    const own = calls.filter((call) => call.org === n);
    const { rows } = await withTenant(database, orgId, (tx) =>
      tx.execute(sql`
        select r.call_id, count(*)::int as n, (array_agg(r.minutes order by r.revision desc))[1] as minutes,
          (array_agg(r.cost_micros order by r.revision desc))[1]::text as cost,
          coalesce((select sum(case e.debit_account when 'billing.minutes_used' then e.amount else -e.amount end) from ledger_entries e
            where e.org_id = r.org_id and e.cause_kind = 'call' and e.cause_id = r.call_id and e.unit = 'minutes'), 0)::text as used
        from usage_records r where r.org_id = ${orgId} group by r.org_id, r.call_id`),
    );
    const counted = new Map((rows as Row[]).map((row) => [row.call_id, row]));
    if (counted.size !== own.length) faults.callsNotCountedOnce += Math.abs(own.length - counted.size);
    for (const call of own) {
      const row = counted.get(call.id);
      totals.records += row?.n ?? 0;
      totals.corrections += Math.max(0, (row?.n ?? 0) - 1);
      totals.minutes += call.minutes;
      const isRight =
        row?.minutes === call.minutes && row.used === String(call.minutes) && row.cost === String(call.costMicros);
      if (!isRight) faults.callsCountedWrong++;
    }
    const minutes = BigInt(own.reduce((sum, call) => sum + call.minutes, 0));
    await foldLedger(ctx);
    const balances = await listBalances(ctx);
    const net = (account: string) => balances.find((each) => each.account === account)?.net ?? 0n;
    if (net("billing.minutes_used") !== minutes) faults.organizationsWrong++;
    for (const unit of ["minutes", "usd_micros"])
      if (balances.filter((each) => each.unit === unit).reduce((sum, each) => sum + each.net, 0n) !== 0n)
        faults.unbalanced++;
    const year = { from: new Date("2026-01-01T00:00:00Z"), to: new Date("2027-02-01T00:00:00Z") };
    const what = { account: "billing.minutes_used", unit: "minutes" } as const;
    if ((await sumPeriod(ctx, { ...what, ...year })) !== minutes) faults.sumsWrong++;
    await rebuildRollups(ctx);
    if ((await sumPeriod(ctx, { ...what, ...year })) !== minutes) faults.sumsWrong++;
  }
  return { ...totals, faults };
}
