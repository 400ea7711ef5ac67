import { sql } from "drizzle-orm";
import { type Database, openDatabase } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { foldLedger, listBalances, postEntries, sumPeriod } from "@/lib/ledger";
import { type Context, systemActor } from "@/lib/platform/context";
import { createLogger } from "@/lib/platform/logger";
import { median, repeat } from "./figures";
import { benchPostgres } from "./postgres";
import { limit, type Measure, measure } from "./report";

const SMALL = 10_000;
const LARGE = 1_000_000;
/** Entries that were written since the last fold; a server folds from 500 on. */
const UNFOLDED = 250;
const REPETITIONS = 9;
const PER_REPETITION = 30;
const YEAR_MS = 365 * 86_400_000;
const MINUTES = { account: "billing.minutes_used", unit: "minutes" } as const;

/** Writing a call's usage beside a plain INSERT, and reading in an organisation with a million entries and in one with ten thousand. */
export async function benchLedger(): Promise<{ aa: number; measures: Measure[] }> {
  const postgres = await benchPostgres();
  const database = await openDatabase({ url: postgres.url, maxConnections: 4 });
  try {
    const small = await organizationWith(database, SMALL);
    const large = await organizationWith(database, LARGE);
    await database.db.execute(sql`vacuum analyze ledger_entries, ledger_rollups, ledger_folds`);
    await database.db.execute(
      sql`create table plain (id text primary key, org_id text not null, minutes bigint not null, at timestamptz not null)`,
    );
    await database.db.execute(sql`grant insert on plain to app_tenant`);
    const until = new Date();
    const month = { from: new Date(until.getTime() - 30 * 86_400_000 - 1234), to: until };
    const appended = await compare(
      () => plainInsert(database, small.orgId),
      () => appendUsage(large),
    );
    const balances = await compare(
      () => listBalances(small),
      () => listBalances(large),
    );
    const period = await compare(
      () => sumPeriod(small, { ...MINUTES, ...month }),
      () => sumPeriod(large, { ...MINUTES, ...month }),
    );
    const beside = `${LARGE} entries vs ${SMALL}`;
    return {
      aa: median([appended.aa, balances.aa, period.aa]),
      measures: [
        measure("ledger.append usage vs a plain INSERT", "ms", appended.control, appended.subject, 2),
        measure(`ledger.balances: ${beside}`, "ms", balances.control, balances.subject, 1.5),
        limit(`ledger.balances at ${LARGE} entries`, "ms", balances.subject, 10),
        measure(`ledger.minutes of a month: ${beside}`, "ms", period.control, period.subject, 1.5),
        limit(`ledger.minutes of a month at ${LARGE} entries`, "ms", period.subject, 10),
      ],
    };
  } finally {
    await database.close();
    await postgres.stop();
  }
}

async function compare(control: () => Promise<unknown>, subject: () => Promise<unknown>) {
  for (const one of [control, subject]) await repeat(20, one);
  const [before, measured, after]: [number[], number[], number[]] = [[], [], []];
  for (let n = 0; n < REPETITIONS; n++) {
    before.push(...(await repeat(PER_REPETITION, control)));
    measured.push(...(await repeat(PER_REPETITION, subject)));
    after.push(...(await repeat(PER_REPETITION, control)));
  }
  return {
    control: median([...before, ...after]),
    subject: median(measured),
    aa: median(after) / median(before),
  };
}

let serial = 0;

/** A durable INSERT of one row, in a transaction of the tenant as everything here is. */
const plainInsert = (database: Database, orgId: string) =>
  withTenant(database, orgId, (tx) =>
    tx.execute(sql`insert into plain (id, org_id, minutes, at) values (${`p${++serial}`}, ${orgId}, 3, now())`),
  );

const appendUsage = (ctx: Context) =>
  postEntries(ctx, {
    cause: { kind: "call", id: `bench_${++serial}` },
    effectiveAt: new Date(),
    lines: [{ debit: "billing.minutes_used", credit: "billing.minutes_given", unit: "minutes", amount: 3n }],
  });

/** Entries by SQL, spread over a year, folded but for the last ones. */
async function organizationWith(database: Database, count: number): Promise<Context> {
  console.error(`${count} entries …`);
  const ctx = contextOf(database, `org_bench${count}`);
  const insert = (from: number, to: number) =>
    database.db.execute(sql`
      insert into ledger_entries (id, org_id, debit_account, credit_account, unit, amount, cause_kind, cause_id, occasion, line, effective_at)
      select 'len_' || ${ctx.orgId} || lpad(n::text, 12, '0'), ${ctx.orgId}, 'billing.minutes_used', 'billing.minutes_given', 'minutes',
        1 + n % 9, 'call', 'call_' || lpad(n::text, 12, '0'), 0, 0, now() - make_interval(secs => (${count} - n) * ${YEAR_MS / 1000 / count}::float)
      from generate_series(${from}::int, ${to}::int) n`);
  await insert(1, count - UNFOLDED);
  await foldLedger(ctx);
  await insert(count - UNFOLDED + 1, count);
  const [{ net = 0n } = {}] = (await listBalances(ctx)).filter(({ account }) => account === MINUTES.account);
  let expected = 0n;
  for (let n = 1; n <= count; n++) expected += BigInt(1 + (n % 9));
  if (net !== expected) throw new Error(`${net} minutes instead of ${expected}`);
  return ctx;
}

const contextOf = (database: Database, orgId: string): Context => ({
  orgId,
  actor: systemActor("bench"),
  database,
  clock: { now: () => new Date() },
  log: createLogger({ level: "silent" }),
  keys: { secrets: Buffer.alloc(32), slots: Buffer.alloc(32), urls: Buffer.alloc(32) },
});
