import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createGenerator } from "ts-json-schema-generator";
import { compactSchemas, type Schema } from "./compact";
import { hashOfTypes, readSdk, type SdkOperation } from "./read-sdk";

const folder = path.dirname(fileURLToPath(import.meta.url));
const file = path.join(folder, "requests.json");

/** JSON Schemas of what the installed stripe-node sends, for the operations we play. */
export function makeSchemas(): object {
  const sdk = readSdk();
  const entries = sdk.map(({ name, method, pattern, params }) => [
    name,
    { method, pattern, ...(params ? { params: nameOf(name) } : {}) },
  ]);
  const withParams = sdk.filter(({ params }) => params !== undefined);
  const definitions = generate(withParams);
  const roots = withParams.map(({ name }) => nameOf(name));
  return {
    hash: hashOfTypes(),
    operations: Object.fromEntries(entries),
    definitions: compactSchemas(definitions, roots),
  };
}

const nameOf = (operation: string) => `P_${operation.replaceAll(/\W/g, "_")}`;

function generate(sdk: SdkOperation[]): Record<string, Schema> {
  const scratch = mkdtempSync(path.join(folder, ".making-"));
  try {
    const source = path.join(scratch, "all.ts");
    const lines = sdk.map(({ file: from, params = "", name }, index) => {
      const [root = ""] = params.split(".");
      const local = `${root}_${index}`;
      const rest = params.slice(root.length);
      return `import type { ${root} as ${local} } from "${from}.js";\nexport type ${nameOf(name)} = ${local}${rest};`;
    });
    writeFileSync(source, lines.join("\n"));
    const tsconfig = path.join(scratch, "tsconfig.json");
    const compilerOptions = {
      module: "nodenext",
      moduleResolution: "nodenext",
      target: "es2022",
      skipLibCheck: true,
      strict: true,
    };
    writeFileSync(tsconfig, JSON.stringify({ compilerOptions, files: ["all.ts"] }));
    const shared = { path: source, tsconfig, type: "*", skipTypeCheck: true } as const;
    const generator = createGenerator({ ...shared, additionalProperties: false, jsDoc: "none" });
    return (generator.createSchema("*").definitions ?? {}) as Record<string, Schema>;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, `${JSON.stringify(makeSchemas())}\n`);
