import { parseArgs } from "node:util";
import { openDatabase } from "@/db/client";
import { bare } from "../tests/bare-environment";
import { drillUsage } from "../tests/drills/usage";
import { benchPostgres } from "./postgres";

const { values, positionals } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    organizations: { type: "string", default: "200" },
    calls: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
  },
  allowPositionals: true,
});
if (positionals.join() !== "billing") {
  console.error("npm run drill -- billing [--json] [--organizations 200] [--calls 100000] [--seed 1]");
  process.exit(2);
}
Object.assign(process.env, bare);
const postgres = await benchPostgres();
const database = await openDatabase({ url: postgres.url, maxConnections: 4 });
const startedAt = performance.now();
let code = 1;
try {
  const drill = await drillUsage(
    { ...database, url: postgres.url },
    {
      organizations: Number(values.organizations),
      calls: Number(values.calls),
      workers: 4,
      kills: 5,
      seed: Number(values.seed),
    },
  );
  const isRight = Object.values(drill.faults).every((count) => count === 0);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  if (values.json)
    console.log(JSON.stringify({ drill: "billing", covers: ["usage"], ...drill, seconds, pass: isRight }));
  else {
    console.log(
      `${drill.calls} calls of ${drill.organizations} organisations in ${seconds} s, ${drill.kills} kills: ${drill.records} records, ` +
        `${drill.corrections} of them corrections, ${drill.minutes} minutes.`,
    );
    for (const [fault, count] of Object.entries(drill.faults))
      console.log(`${count === 0 ? "ok    " : "FAILED"} ${fault}: ${count}`);
  }
  code = isRight ? 0 : 1;
} finally {
  await database.close();
  await postgres.stop();
}
process.exit(code);
