import { parseArgs } from "node:util";
import { bare } from "../tests/bare-environment";
import { benchAvailability } from "./availability";
import { benchLedger } from "./ledger";
import { benchLists } from "./lists";
import { print } from "./report";
import { benchSlots } from "./slots";
import { benchWebhook } from "./webhook";

const BENCHES = {
  webhook: benchWebhook,
  lists: benchLists,
  slots: benchSlots,
  availability: benchAvailability,
  ledger: benchLedger,
};

const { values, positionals } = parseArgs({
  options: { json: { type: "boolean", default: false } },
  allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(BENCHES);
Object.assign(process.env, bare);
let code = 0;
for (const name of names) {
  const bench = BENCHES[name as keyof typeof BENCHES];
  if (!bench) {
    console.error(`There is no benchmark ${name}: ${Object.keys(BENCHES).join(", ")}.`);
    process.exit(2);
  }
  const { aa, measures } = await bench();
  code = Math.max(code, print(aa, measures, values.json));
}
process.exit(code);
