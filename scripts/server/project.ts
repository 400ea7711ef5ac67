import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, whatever the working directory is. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

export const inProject = (...parts: string[]) => path.join(root, ...parts);

/** One sentence, no stack: for what the person at the terminal can put right. */
export function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
