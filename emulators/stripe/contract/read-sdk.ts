import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { operations } from "./operations";

export interface SdkOperation {
  /** E.g. "Billing/Meters.create". */
  name: string;
  method: string;
  /** With `:name` segments, as the router reads it. */
  pattern: string;
  file: string;
  params: string | undefined;
  answer: string;
}

const require = createRequire(import.meta.url);
/** The installed package's folder of types. */
export const sdkFolder = path.join(path.dirname(require.resolve("stripe")), "../esm");

/** Method, path and types of every operation we play, read from the installed SDK's own code and declarations. */
export function readSdk(): SdkOperation[] {
  return Object.entries(operations).flatMap(([resource, names]) => {
    const file = path.join(sdkFolder, "resources", resource);
    const code = readFileSync(`${file}.js`, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    const types = readFileSync(`${file}.d.ts`, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    return names.map((name) => readOperation(resource, name, file, code, types));
  });
}

function readOperation(resource: string, name: string, file: string, code: string, types: string): SdkOperation {
  const call = new RegExp(`\\n {4}${name}\\([^)]*\\) \\{[\\s\\S]*?_makeRequest\\('(\\w+)', (['\`])(.*?)\\2`).exec(code);
  const signature = new RegExp(`\\n {4}${name}\\(([^)]*)\\): ([^;]*);`).exec(types);
  if (!call || !signature) throw new Error(`the SDK has no ${resource}.${name}`);
  const pattern = (call[3] ?? "").replace(/\$\{encodeURIComponent\((\w+)\)\}/g, ":$1");
  const params = /params\??: ([\w.]+)/.exec(signature[1] ?? "")?.[1];
  const answer = /([\w.]+)>+$/.exec(signature[2] ?? "")?.[1];
  if (!answer) throw new Error(`no answer type of ${resource}.${name}: ${signature[2]}`);
  return { name: `${resource}.${name}`, method: call[1] ?? "", pattern, file, params, answer };
}

/** Of every declaration the schemas are made from, and of what is made: another hash means they are to be made again. */
export function hashOfTypes(): string {
  const hash = createHash("sha256").update(JSON.stringify(operations));
  const names = readdirSync(sdkFolder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".d.ts"));
  for (const name of names.sort()) hash.update(name).update(readFileSync(path.join(sdkFolder, name)));
  return hash.digest("hex");
}
