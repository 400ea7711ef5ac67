import { mkdirSync } from "node:fs";
import path from "node:path";
import { DirectoryInUse, lockDirectory } from "@/db/lock";
import { fail } from "./project";
import { readRuntime } from "./runtime-file";

/** Takes the data folder for this process, or says in one sentence who has it and ends with exit code 1. */
export function takeFolder(dataDir: string, toDo: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const release: (() => void)[] = [];
  try {
    release.push(lockDirectory(path.join(dataDir, "start")));
    release.push(lockDirectory(path.join(dataDir, "postgres")));
    // The server's own process takes this one.
    release.pop()?.();
    return () => {
      for (const undo of release) undo();
    };
  } catch (error) {
    if (!(error instanceof DirectoryInUse)) throw error;
    const address = readRuntime(dataDir)?.baseUrl;
    fail(`Cannot ${toDo}: Caly is running${address ? ` at ${address}` : ""} on the folder ${dataDir}; stop it first.`);
  }
}
