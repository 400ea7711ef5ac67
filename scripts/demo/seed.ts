import { createLogger } from "@/lib/platform/logger";
import { buildApp } from "@/lib/wiring/app";
import { ensureDemo } from "@/lib/wiring/demo";
import { configuration } from "../server/configuration";
import { takeFolder } from "../server/folder";
import { fail } from "../server/project";

const env = configuration();
if (env.mode !== "embedded") fail("db:seed makes the demo organisation, which exists in embedded mode only.");
takeFolder(env.dataDir, "seed");
const app = await buildApp(env, createLogger({ level: "error" }));
const { slug } = await ensureDemo(app);
await app.database.close();
console.log(`The demo organisation is ${slug}. npm start serves it.`);
process.exit(0);
