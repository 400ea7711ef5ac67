// `npm start`: needs Node 20 and nothing else. Installs what is missing, then runs scripts/server/start.ts under Node 24.
import { install } from "./bootstrap/install.mjs";
import { run } from "./bootstrap/run.mjs";

run(install(), "scripts/server/start.ts", process.argv.slice(2));
