import { parseArgs } from "node:util";
import { configuration } from "../server/configuration";
import { fail } from "../server/project";
import { readRuntime } from "../server/runtime-file";
import { readDemo } from "./demo-file";
import { emulatorClient } from "./emulator-client";

const { values } = parseArgs({
  options: {
    scenario: { type: "string" },
    org: { type: "string" },
    speed: { type: "string", default: "1" },
    name: { type: "string" },
    number: { type: "string" },
  },
});

const env = configuration();
if (env.mode !== "embedded") fail("demo:call places calls through the emulator, which exists in embedded mode only.");
const runtime = readRuntime(env.dataDir);
if (!runtime?.emulators.vapi) fail("Caly is not running here: npm start first, in another terminal.");
const emulator = emulatorClient(runtime.emulators.vapi);
const slug = values.org ?? readDemo(env.dataDir)?.org;
if (!slug) fail("There is no demo organisation here: name yours with --org <slug>.");

try {
  const known = await emulator.scenarios();
  const scenario = values.scenario ?? "booking";
  if (!known.some(({ name }) => name === scenario)) {
    const list = known.map(({ name, description }) => `  ${name.padEnd(20)}${description}`).join("\n");
    fail(`There is no scenario ${scenario}. There are:\n${list}`);
  }
  const number = await emulator.numberOf(slug);
  if (!number) fail(`No emulated number rings the organisation ${slug}.`);
  const name = values.name;
  const call = await emulator.place({
    phoneNumberId: number.id,
    scenario,
    speed: Number(values.speed),
    ...(name ? { variables: { name } } : {}),
    ...(values.number || name
      ? { customer: { number: values.number ?? "+12025550123", ...(name ? { name } : {}) } }
      : {}),
  });
  console.log(`The phone rings at ${slug} (${scenario}, ${call.id}): ${runtime.baseUrl}/o/${slug}/calls`);
} catch (error) {
  fail(`The call was not placed: ${error instanceof Error ? error.message : error}`);
}
