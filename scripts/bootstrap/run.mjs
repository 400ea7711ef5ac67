// Hands over to a TypeScript entry point under the project's own Node.
import { spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./install.mjs";

/** Node's arguments for a TypeScript entry point of ours: .env is read, and `server-only` modules load as they do on the server. */
const ENV_FILES = pathToFileURL(path.join(root, "scripts/env-files.mjs")).href;
const LOADERS = ["--conditions=react-server", "--import", "tsx", "--import", ENV_FILES];

/** Runs `entry`, passes signals on and ends with its exit code. The child notices by the closed channel when this process is killed. */
export function run(node, entry, args) {
  const bin = [path.dirname(node), path.join(root, "node_modules/.bin"), process.env.PATH].join(path.delimiter);
  const child = spawn(node, [...LOADERS, path.join(root, entry), ...args], {
    cwd: root,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: bin, NEXT_TELEMETRY_DISABLED: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    console.error(`${entry} did not start: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
