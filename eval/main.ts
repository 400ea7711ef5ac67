import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { inProject } from "../scripts/server/project";
import type { Evaluate } from "./score";

const sets = readdirSync(inProject("eval/sets"))
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => name.slice(0, -3))
  .sort();

const { values, positionals } = parseArgs({
  options: {
    file: { type: "string" },
    json: { type: "boolean", default: false },
    misses: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
const [set = ""] = positionals;
if (!sets.includes(set) || !values.file) {
  console.error(`npm run eval -- <set> --file <jsonl> [--json] [--misses]; sets: ${sets.join(", ")}.`);
  process.exit(2);
}
const { evaluate } = (await import(`./sets/${set}.ts`)) as { evaluate: Evaluate };
const {
  misses,
  notes = [],
  n,
  covered,
  correct,
  accuracy,
} = await evaluate(rowsOf(values.file), { file: values.file });
if (values.misses) for (const miss of misses) console.log(JSON.stringify(miss));
for (const note of notes) console.log(note);
const share = (value: number) => Math.round(value * 10_000) / 10_000;
console.log(
  values.json
    ? JSON.stringify({ set, n, covered: share(covered), correct, accuracy: share(accuracy) })
    : `${set}: ${correct} of ${n} right (${(accuracy * 100).toFixed(1)} %), ${(covered * 100).toFixed(1)} % answered`,
);

function rowsOf(file: string): unknown[] {
  try {
    const lines = readFileSync(file, "utf8").split("\n");
    return lines.filter((line) => line.trim() !== "").map((line): unknown => JSON.parse(line));
  } catch (error) {
    console.error(`${file} cannot be read as JSON lines: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(2);
  }
}
