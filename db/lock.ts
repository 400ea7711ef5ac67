import { DatabaseSync } from "node:sqlite";

export class DirectoryInUse extends Error {
  override readonly name = "DirectoryInUse";

  constructor(directory: string) {
    super(`Another Caly process is using ${directory}. Stop it first, or set CALY_DATA_DIR to another folder.`);
  }
}

/**
 * Takes `directory` for this process alone, by an SQLite transaction beside it: PGlite loses data silently when two processes open
 * one directory, and a pid file outlives a killed process while this lock does not. Returns the release; throws DirectoryInUse.
 */
export function lockDirectory(directory: string): () => void {
  const lock = new DatabaseSync(`${directory}.lock`, { timeout: 0 });
  try {
    lock.exec("PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw Object.assign(new DirectoryInUse(directory), { cause });
  }
  return () => lock.close();
}
