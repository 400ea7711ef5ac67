import { parseArgs } from "node:util";
import { applyCatalogSync, planCatalogSync, sayStep } from "@/lib/billing";
import { billingFor } from "@/lib/wiring/billing";
import { configuration } from "../server/configuration";
import { fail } from "../server/project";
import { readRuntime } from "../server/runtime-file";

const { values } = parseArgs({ options: { apply: { type: "boolean", default: false } } });

const env = configuration();
const emulatorUrl = env.mode === "embedded" ? readRuntime(env.dataDir)?.emulators.stripe : undefined;
const billing = billingFor({ secretKey: env.stripe.secretKey, emulatorUrl: env.stripe.emulatorUrl ?? emulatorUrl });
if (!billing)
  fail("Billing is not configured: set STRIPE_SECRET_KEY, or npm start first, in another terminal, for the emulator.");

const { steps, conflicts } = await planCatalogSync(billing.port);
const where = billing.at === "stripe" ? "Stripe" : "the emulator of Stripe";
for (const step of steps) console.log(`${values.apply ? "  " : "would "}${sayStep(step)}`);
for (const { lookupKey, found, wanted } of conflicts)
  console.error(
    `${lookupKey} stands at ${where} as "${found}", the plans say "${wanted}": add a version instead of changing one.`,
  );
if (conflicts.length > 0) fail("Nothing was changed.");
if (steps.length === 0) console.log(`Everything stands at ${where} already.`);
else if (!values.apply) console.log(`${steps.length} steps at ${where}: npm run billing:sync -- --apply`);
else {
  let count = 0;
  await applyCatalogSync(billing.port, steps, () => count++);
  console.log(`Done: ${count} steps at ${where}.`);
}
