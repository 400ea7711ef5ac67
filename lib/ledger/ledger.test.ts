import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { sqlState, withTenant } from "@/db/tenant";
import type { Context } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { emptyPgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization, testContext } from "@/tests/organization";
import { foldLedger, listBalances, type Posting, postEntries, rebuildRollups, sumPeriod } from ".";
import { type Account, billingAccounts, type Unit } from "./rules/accounts";
import type { Span } from "./rules/split-span";

const START = Date.UTC(2026, 10, 1);
const HOUR = 3_600_000;
const at = (ms: number) => new Date(START + ms);
const units = ["minutes", "USD", "JPY", "KWD"] as Unit[];

const line = fc
  .record({
    accounts: fc.uniqueArray(fc.constantFrom(...billingAccounts), { minLength: 2, maxLength: 2 }),
    unit: fc.constantFrom(...units),
    amount: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  })
  .map(({ accounts, ...rest }) => ({ debit: accounts[0] as Account, credit: accounts[1] as Account, ...rest }));

type Step = { do: "post"; posting: Posting } | { do: "fold" } | { do: "rebuild" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        // Few causes: most sequences write some of them twice.
        id: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
        occasion: fc.integer({ min: 0, max: 1 }),
        ms: fc.integer({ min: 0, max: 50 * HOUR }),
        lines: fc.array(line, { minLength: 1, maxLength: 3 }),
      })
      .map(({ id, occasion, ms, lines }): Step => {
        return { do: "post", posting: { cause: { kind: "call", id, occasion }, effectiveAt: at(ms), lines } };
      }),
  },
  { weight: 2, arbitrary: fc.constant<Step>({ do: "fold" }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: "rebuild" }) },
);

/** The same, by adding up a list. */
const netOf = (posted: Iterable<Posting>, account: Account, unit: Unit, span?: Span) => {
  let net = 0n;
  for (const { effectiveAt, lines } of posted)
    for (const each of lines) {
      if (each.unit !== unit || (span && (effectiveAt < span.from || effectiveAt >= span.to))) continue;
      if (each.debit === account) net += each.amount;
      if (each.credit === account) net -= each.amount;
    }
  return net;
};

const engines: [string, string | undefined, number][] = [
  ["embedded", undefined, 3],
  ["PostgreSQL", postgresUnavailable(), 12],
];

for (const [engine, unavailable, numRuns] of engines) {
  describe.skipIf(unavailable)(`the ledger on ${engine}`, () => {
    let database: Database;
    beforeAll(async () => {
      database = engine === "embedded" ? await emptyPgliteDatabase() : await postgresDatabase();
    });
    const fresh = (): Context => testContext(database, newId("organization"));

    it("holds what was posted, sums to zero and takes nothing from a replay, however it is folded in between", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 4, maxLength: 14 }),
          fc.integer({ min: 0, max: 50 * HOUR }),
          fc.integer({ min: 0, max: 50 * HOUR }),
          async (steps, a, b) => {
            const ctx = fresh();
            const posted = new Map<string, Posting>();
            for (const each of steps) {
              if (each.do === "fold") await foldLedger(ctx);
              else if (each.do === "rebuild") await rebuildRollups(ctx);
              else {
                const { cause } = each.posting;
                const key = `${cause.id}/${cause.occasion}`;
                const before = posted.get(key);
                const result = await postEntries(ctx, each.posting);
                if (!before) {
                  expect(result).toEqual({ ok: true, value: "posted" });
                  posted.set(key, each.posting);
                  expect(await postEntries(ctx, each.posting)).toEqual({ ok: true, value: "already" });
                } else if (!sameLines(before, each.posting))
                  expect(result).toMatchObject({ ok: false, reason: "cause_differs" });
              }
            }
            const balances = await listBalances(ctx);
            for (const unit of units) {
              const ofUnit = balances.filter((balance) => balance.unit === unit);
              expect(ofUnit.reduce((sum, { net }) => sum + net, 0n)).toBe(0n);
              for (const account of billingAccounts)
                expect(ofUnit.find((balance) => balance.account === account)?.net ?? 0n).toBe(
                  netOf(posted.values(), account, unit),
                );
            }
            const span = { from: at(Math.min(a, b)), to: at(Math.max(a, b)) };
            const what = { account: "billing.minutes_used", unit: "minutes" } as const;
            const sum = await sumPeriod(ctx, { ...what, ...span });
            expect(sum).toBe(netOf(posted.values(), what.account, what.unit, span));
            await rebuildRollups(ctx);
            expect(await listBalances(ctx)).toEqual(balances);
            expect(await sumPeriod(ctx, { ...what, ...span })).toBe(sum);
          },
        ),
        { numRuns, seed: 20261121 },
      );
    });

    it("is never changed, not even by the tables' owner, and takes no row that does not balance", async () => {
      const ctx = fresh();
      await postEntries(ctx, usage("kept", 3n));
      const asTenant = (query: ReturnType<typeof sql>) => withTenant(database, ctx.orgId, (tx) => tx.execute(query));
      const asOwner = (query: ReturnType<typeof sql>) => database.db.execute(query);
      for (const query of [sql`update ledger_entries set amount = 1`, sql`delete from ledger_entries`]) {
        await expect(asTenant(query)).rejects.toSatisfy((error) => sqlState(error) === "42501");
        await expect(asOwner(query)).rejects.toSatisfy((error) => sqlState(error) === "23001");
      }
      await expect(asOwner(sql`truncate ledger_entries`)).rejects.toSatisfy((error) => sqlState(error) === "23001");
      const insert = (debit: string, credit: string, unit: string, amount: number) => sql`
        insert into ledger_entries (id, org_id, debit_account, credit_account, unit, amount, cause_kind, cause_id, occasion, line, effective_at)
        values (${`len_${debit}${credit}${unit}${amount}`}, ${ctx.orgId}, ${debit}, ${credit}, ${unit}, ${amount}, 'call', 'x', 0, 0, now())`;
      for (const query of [
        insert("billing.cash", "billing.cash", "USD", 1),
        insert("billing.cash", "billing.receivable", "USD", 0),
        insert("billing.cash", "billing.receivable", "USD", -1),
        insert("billing.cash", "deposits.cash", "USD", 1),
        insert("billing.cash", "billing.receivable", "dollars", 1),
        insert("cash", "billing.receivable", "USD", 1),
      ])
        await expect(asTenant(query)).rejects.toSatisfy((error) => sqlState(error) === "23514");
      expect(await listBalances(ctx)).toContainEqual({ account: "billing.minutes_used", unit: "minutes", net: 3n });
    });

    it("writes a cause once, whole, when many write it at the same moment, while others fold", async () => {
      const ctx = fresh();
      const wanted = Array.from({ length: 6 }, (_, n) => usage(`call_${n}`, BigInt(n + 1)));
      const writing = wanted.flatMap((posting) => Array.from({ length: 4 }, () => postEntries(ctx, posting)));
      await Promise.all([...writing, ...Array.from({ length: 4 }, () => foldLedger(ctx))]);
      await foldLedger(ctx);
      const results = await Promise.all(writing);
      expect(results.filter((result) => result.ok && result.value === "posted")).toHaveLength(6);
      expect(await listBalances(ctx)).toEqual([
        { account: "billing.minutes_given", unit: "minutes", net: -21n },
        { account: "billing.minutes_used", unit: "minutes", net: 21n },
        { account: "billing.provider_cost", unit: "usd_micros", net: 6000n },
        { account: "billing.provider_payable", unit: "usd_micros", net: -6000n },
      ]);
    });

    it("is written by the system alone and read by who may see the bill", async () => {
      const { ctx, as } = await createTestOrganization(database);
      await postEntries(ctx, usage("call_1", 1n));
      await expect(postEntries(as("owner"), usage("call_2", 1n))).rejects.toThrow(/role/);
      await expect(listBalances(as("viewer"))).rejects.toThrow(/role/);
      expect(await listBalances(as("admin"))).toHaveLength(4);
    });
  });
}

const usage = (id: string, minutes: bigint): Posting => ({
  cause: { kind: "call", id },
  effectiveAt: at(HOUR / 2),
  lines: [
    { debit: "billing.minutes_used", credit: "billing.minutes_given", unit: "minutes", amount: minutes },
    { debit: "billing.provider_cost", credit: "billing.provider_payable", unit: "usd_micros", amount: 1000n },
  ],
});

const sameLines = (a: Posting, b: Posting) =>
  a.lines.length === b.lines.length &&
  a.lines.every((each, n) => {
    const other = b.lines[n];
    return (
      each.debit === other?.debit &&
      each.credit === other.credit &&
      each.unit === other.unit &&
      each.amount === other.amount
    );
  });
