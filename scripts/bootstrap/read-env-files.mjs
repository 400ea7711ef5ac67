import { createRequire } from "node:module";

/** Sets what .env and .env.local of this folder name and the environment does not. Next's own reader, so that there is one reading. */
export function readEnvFiles(folder) {
  const next = createRequire(import.meta.url).resolve("next/package.json");
  createRequire(next)("@next/env").loadEnvConfig(folder, false);
}
