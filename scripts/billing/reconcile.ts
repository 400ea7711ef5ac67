import { parseArgs } from "node:util";
import { z } from "zod";
import { configuration } from "../server/configuration";
import { fail } from "../server/project";
import { readRuntime } from "../server/runtime-file";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });
const answerShape = z.object({
  organizations: z.number(),
  calls: z.number(),
  closed: z.number(),
  failed: z.number(),
  found: z.record(z.string(), z.number()),
});

/** The running server does it: an embedded database is open to one process alone. */
const env = configuration();
const baseUrl = env.mode === "embedded" ? readRuntime(env.dataDir)?.baseUrl : env.appUrl;
if (!baseUrl) fail("No server runs on this folder: npm start first, in another terminal.");
if (!env.cronSecret) fail("Set CRON_SECRET as the server has it.");

const answer = await fetch(`${baseUrl}/api/cron/reconcile-billing`, {
  headers: { authorization: `Bearer ${env.cronSecret}` },
});
if (!answer.ok) fail(`The server answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
const { found, ...done } = answerShape.parse(await answer.json());
if (values.json) console.log(JSON.stringify({ ...done, found }));
else {
  console.log(
    `${done.calls} calls of ${done.organizations} organisations compared; ${done.closed} differences are gone.`,
  );
  for (const [kind, count] of Object.entries(found)) console.log(`${String(count).padStart(6)} ${kind}`);
  if (Object.keys(found).length === 0) console.log("Nothing differs.");
  if (done.failed > 0) console.log(`${done.failed} organisations could not be compared: see the server's log.`);
}
process.exit(done.failed > 0 ? 1 : 0);
