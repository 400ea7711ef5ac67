// Runs under the machine's own Node (20 or newer) before anything is installed: Node's own modules only.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const stamp = path.join(root, "node_modules/.caly-stamp");

/** Installs what package-lock.json says unless that is what is installed already. Returns the path of the project's own Node 24. */
export function install() {
  if (Number(process.versions.node.split(".")[0]) < 20)
    fail(`Caly needs Node 20 or newer to install itself; this is ${process.version}.`);
  const wanted = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8").trim() !== wanted) {
    console.log("Installing packages (once; about a minute) …");
    const { status } = npm(["ci", "--include=dev"]);
    if (status !== 0) fail("npm ci failed: the packages could not be installed. Its message is above.");
    writeFileSync(stamp, `${wanted}\n`);
  }
  const node = path.join(root, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");
  if (existsSync(node)) return node;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  fail("The package `node` brought no Node 24: run `npm rebuild node`, or use Node 24 yourself.");
}

function npm(args) {
  const cli = process.env.npm_execpath;
  const options = { cwd: root, stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, NODE_ENV: "" } };
  if (cli && /npm-cli\.c?js$/.test(cli)) return spawnSync(process.execPath, [cli, ...args], options);
  return spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
}

export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
