// `npm test`: needs Node 20 and nothing else. Installs what is missing, then runs scripts/test/main.ts under Node 24.
import { install } from "./bootstrap/install.mjs";
import { run } from "./bootstrap/run.mjs";

run(install(), "scripts/test/main.ts", process.argv.slice(2));
