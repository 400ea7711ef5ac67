// `node scripts/run.mjs <entry.ts> [arguments]`: any other entry point, installed first where that is missing.
import { install } from "./bootstrap/install.mjs";
import { run } from "./bootstrap/run.mjs";

const [entry, ...args] = process.argv.slice(2);
run(install(), entry, args);
