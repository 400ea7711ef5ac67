import { createInterface } from "node:readline";
import { sql } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { listMeterEventsDue } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { stripeBilling } from "@/lib/adapters/stripe";
import { catchUp, countUsage, queueMissedUsage, sendUsage, workBillingInbox } from "@/lib/billing";
import { foldLedger } from "@/lib/ledger";
import { fixedClock } from "@/lib/platform/clock";
import { createLogger } from "@/lib/platform/logger";
import { testContext } from "../organization";
import { DAY, madeYear } from "./year-plan";
import type { Round } from "./year-workers";

/**
 * Counts what it is told, sends minutes and works on what Stripe announces, one round for each line of its input; "done" after each. It may be
 * killed at any moment, and is then told the same again.
 */
const [url = "", stripeUrl = "", orgList = "", size = "{}", share = "0", shares = "1"] = process.argv.slice(2);
const orgIds = orgList.split(",");
const year = madeYear(JSON.parse(size));
const database = await openDatabase({ url, maxConnections: 3 });
const port = stripeBilling({ secretKey: "sk_test_emulated", baseUrl: stripeUrl });
const isMine = (n: number) => n % Number(shares) === Number(share);

async function count(call: number, isReport: boolean, now: Date): Promise<void> {
  const made = year.calls[call];
  if (!made) throw new Error("no such call");
  const ctx = testContext(database, orgIds[made.org] ?? "", { clock: fixedClock(now) });
  const told = isReport && made.report ? made.report : made.first;
  const endedAt = new Date(made.answeredAt.getTime() + (told.seconds ?? 0) * 1000).toISOString();
  await withTenant(database, ctx.orgId, (tx) =>
    tx.execute(sql`
      update calls set status = 'ended', ended_at = ${endedAt}::timestamptz, ended_reason = ${told.reason}, reported = ${isReport},
        cost_micros = ${isReport && made.report ? made.report.costMicros : null}::bigint
      where id = ${made.id} and not reported`),
  );
  await countUsage(ctx, made.id);
}

async function round(now: Date, { step, isNight }: Round): Promise<void> {
  const clock = fixedClock(now);
  if (step !== null)
    for (const told of year.told)
      if (told.step === step && isMine(told.call)) await count(told.call, told.isReport, now);
  for (const orgId of await listMeterEventsDue(database, now, 1000))
    if (isMine(orgIds.indexOf(orgId))) await sendUsage(testContext(database, orgId, { clock }), port);
  const log = createLogger({ level: "silent" });
  const contextOf = (orgId: string) => testContext(database, orgId, { clock });
  await workBillingInbox({ database, clock, log, port, contextOf });
  // As every night: forty days back, for what no event has told of.
  if (isNight)
    for (const [n, orgId] of orgIds.entries())
      if (isMine(n)) await catchUp(contextOf(orgId), port, { from: new Date(now.getTime() - 40 * DAY), to: now });
  // As the job of that name does, which a change of a subscription starts: calls that were counted before we heard of it.
  const { rows } = await database.db.execute(
    sql`select org_id as "orgId" from subscriptions where updated_at = ${now.toISOString()}::timestamptz`,
  );
  for (const { orgId } of rows as { orgId: string }[]) await queueMissedUsage(contextOf(orgId));
  if (step !== null && step % 14 === 0)
    for (const [n, orgId] of orgIds.entries()) if (isMine(n)) await foldLedger(testContext(database, orgId, { clock }));
}

process.stdout.write("ready\n");
for await (const line of createInterface(process.stdin)) {
  const told = JSON.parse(line) as Round;
  await round(new Date(told.now), told);
  process.stdout.write("done\n");
}
await database.close();
