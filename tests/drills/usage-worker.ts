import { sql } from "drizzle-orm";
import { openDatabase } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { countUsage } from "@/lib/billing";
import { foldLedger } from "@/lib/ledger";
import { testContext } from "../organization";
import { deliveriesOf, madeCalls, seeded } from "./usage-calls";

/** Takes its share of the deliveries from a place on, and says on standard output how far it is. It may be killed at any moment. */
const [url = "", orgList = "", count = "0", seed = "1", share = "0", shares = "1", from = "0"] = process.argv.slice(2);
const orgIds = orgList.split(",");
const random = seeded(Number(seed));
const calls = madeCalls(Number(count), orgIds.length, random);
const mine = deliveriesOf(calls, random).filter((_, n) => n % Number(shares) === Number(share));
const database = await openDatabase({ url, maxConnections: 2 });

for (let n = Number(from); n < mine.length; n++) {
  const delivery = mine[n];
  const call = delivery && calls[delivery.call];
  if (!call) throw new Error("no such delivery");
  const ctx = testContext(database, orgIds[call.org] ?? "");
  const told = delivery.isReport && call.report ? call.report : call.first;
  const endedAt = new Date(call.answeredAt.getTime() + (told.seconds ?? 0) * 1000).toISOString();
  await withTenant(database, ctx.orgId, (tx) =>
    tx.execute(sql`
      update calls set status = 'ended', ended_at = ${endedAt}::timestamptz, ended_reason = ${told.reason}, reported = ${delivery.isReport},
        cost_micros = ${delivery.isReport && call.report ? call.report.costMicros : null}::bigint
      where id = ${call.id} and not reported`),
  );
  await countUsage(ctx, call.id);
  if (n % 50 === 0) await foldLedger(ctx);
  if (n % 10 === 9) process.stdout.write(`${n + 1}\n`);
}
await database.close();
process.stdout.write("done\n");
