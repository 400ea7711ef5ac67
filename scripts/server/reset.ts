import { readdirSync, rmdirSync, rmSync } from "node:fs";
import path from "node:path";
import { configuration } from "./configuration";
import { takeFolder } from "./folder";
import { fail } from "./project";

/** By name, so that a data folder that is somebody's home loses nothing that is not ours. */
const OURS = ["postgres", "secrets.json", "blobs", "emulators", "logs", "runtime.json", "demo.json"];

const env = configuration();
if (env.mode !== "embedded") fail("reset empties the embedded database; a deployed one is yours to drop.");
const release = takeFolder(env.dataDir, "start over");
for (const name of OURS) rmSync(path.join(env.dataDir, name), { recursive: true, force: true });
release();
for (const name of ["start.lock", "postgres.lock"]) rmSync(path.join(env.dataDir, name), { force: true });
if (readdirSync(env.dataDir).length === 0) rmdirSync(env.dataDir);
console.log(`Emptied ${env.dataDir}. npm start begins anew.`);
