import { parseArgs } from "node:util";
import { configuration } from "../server/configuration";
import { fail } from "../server/project";
import { readRuntime } from "../server/runtime-file";
import { readDemo } from "./demo-file";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });

const env = configuration();
if (env.mode !== "embedded") fail("demo:info is about the demo organisation, which exists in embedded mode only.");
const runtime = readRuntime(env.dataDir);
if (!runtime) fail("Caly is not running here: npm start first, in another terminal.");
const demo = readDemo(env.dataDir);
if (!demo) fail("This server has no demo organisation: its socket is open to other machines.");

const info = {
  baseUrl: runtime.baseUrl,
  org: demo.org,
  signIn: { url: demo.signIn.url ?? `${runtime.baseUrl}${demo.signIn.path ?? "/sign-in"}`, email: demo.signIn.email },
  vapi: demo.vapi,
};
if (values.json) console.log(JSON.stringify(info));
else
  console.log(
    [
      `Address     ${info.baseUrl}`,
      `Dashboard   ${info.baseUrl}/o/${info.org}`,
      `Sign in     ${info.signIn.url} as ${info.signIn.email}; the code arrives at ${info.baseUrl}/dev/mailbox`,
      `Webhook     ${info.vapi.webhookUrl}`,
      `Secret      ${info.vapi.secret}`,
    ].join("\n"),
  );
