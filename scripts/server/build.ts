import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Child, startChild } from "./child";
import { inProject, root } from "./project";

const FOLDERS = ["app", "components", "lib", "db", "public"];
const FILES = [
  "middleware.ts",
  "instrumentation.ts",
  "instrumentation-node.ts",
  "instrumentation-client.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "package-lock.json",
];
/** Public variables are part of the client's code. */
const INLINED = ["NEXT_PUBLIC_SENTRY_DSN", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "SENTRY_AUTH_TOKEN"];

const stamp = inProject(".next/caly-build-stamp");

/** A hash of everything that ends up in the build. */
export function sourceHash(): string {
  const hash = createHash("sha256");
  const add = (file: string) => hash.update(path.relative(root, file)).update(readFileSync(file));
  for (const name of FILES) if (existsSync(inProject(name))) add(inProject(name));
  for (const folder of FOLDERS) {
    if (!existsSync(inProject(folder))) continue;
    const entries = readdirSync(inProject(folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name));
    for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort()) add(file);
  }
  for (const name of INLINED) hash.update(`${name}=${process.env[name] ?? ""}`);
  return hash.digest("hex");
}

export function isBuildFresh(hash = sourceHash()): boolean {
  return existsSync(stamp) && existsSync(inProject(".next/BUILD_ID")) && readFileSync(stamp, "utf8") === hash;
}

/** Builds unless .next was built from exactly these sources. Returns whether there is a usable build now; `complain` gets what one that fails says. */
export async function buildIfStale(
  say: (line: string) => void,
  onChild: (child: Child) => void = () => {},
  complain: (text: string) => void = (text) => process.stderr.write(text),
): Promise<boolean> {
  const hash = sourceHash();
  if (isBuildFresh(hash)) return true;
  say("Building (once per change of the code; about a minute) …");
  rmSync(stamp, { force: true });
  // What is set to nothing would be built in as nothing, and could not be given to the server any more.
  const env = Object.fromEntries(INLINED.filter((name) => !process.env[name]).map((name) => [name, undefined]));
  const child = startChild("next build", [inProject("node_modules/next/dist/bin/next"), "build"], { env });
  onChild(child);
  const output: Buffer[] = [];
  for (const stream of [child.process.stdout, child.process.stderr])
    stream?.on("data", (part: Buffer) => output.push(part));
  const code = await child.ended;
  if (code !== 0) {
    complain(Buffer.concat(output).toString());
    return false;
  }
  writeFileSync(stamp, hash);
  return true;
}
