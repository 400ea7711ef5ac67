import { parseArgs } from "node:util";
import { openDatabase } from "@/db/client";
import { bare } from "../tests/bare-environment";
import { drillYear } from "../tests/drills/year";
import { benchPostgres } from "./postgres";

const { values, positionals } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    organizations: { type: "string", default: "200" },
    calls: { type: "string", default: "100000" },
    days: { type: "string", default: "365" },
    workers: { type: "string", default: "3" },
    kills: { type: "string", default: "5" },
    seed: { type: "string", default: "1" },
  },
  allowPositionals: true,
});
if (positionals.join() !== "billing") {
  console.error(
    "npm run drill -- billing [--json] [--organizations 200] [--calls 100000] [--days 365] [--workers 3] [--kills 5] [--seed 1]",
  );
  process.exit(2);
}
Object.assign(process.env, bare);
const postgres = await benchPostgres();
const database = await openDatabase({ url: postgres.url, maxConnections: 4 });
const startedAt = performance.now();
let code = 1;
try {
  const { faults, ...figures } = await drillYear(
    { ...database, url: postgres.url },
    {
      organizations: Number(values.organizations),
      calls: Number(values.calls),
      days: Number(values.days),
      workers: Number(values.workers),
      kills: Number(values.kills),
      seed: Number(values.seed),
    },
  );
  const isRight = Object.values(faults).every((count) => count === 0);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  if (values.json) console.log(JSON.stringify({ drill: "billing", ...figures, faults, seconds, pass: isRight }));
  else {
    console.log(
      `${figures.calls} calls of ${figures.organizations} organisations in ${figures.days} days, ${figures.kills} kills, in ${seconds} s: ` +
        `${figures.invoices} invoices, ${figures.minutes} minutes, ${figures.credits} credits, ${figures.lateCharges} late charges; ` +
        `${figures.planted} differences planted, ${figures.found} found with the calls that got stuck.`,
    );
    for (const [fault, count] of Object.entries(faults))
      console.log(`${count === 0 ? "ok    " : "FAILED"} ${fault}: ${count}`);
    for (const example of figures.examples) console.log(example);
  }
  code = isRight ? 0 : 1;
} finally {
  await database.close();
  await postgres.stop();
}
process.exit(code);
