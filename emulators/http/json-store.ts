import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

export interface JsonStore<T extends { id: string }> {
  get(id: string): T | undefined;
  list(): T[];
  /** Visible at once; the promise resolves when the file is in place. */
  put(value: T): Promise<void>;
  delete(id: string): Promise<void>;
  /** Resolves when every write begun so far is on disk. */
  flush(): Promise<void>;
}

/** One JSON file per document, replaced atomically (written beside, then renamed), all held in memory. */
export function openJsonStore<T extends { id: string }>(directory: string): JsonStore<T> {
  mkdirSync(directory, { recursive: true });
  const values = new Map<string, T>();
  for (const name of readdirSync(directory)) {
    if (!name.endsWith(".json")) continue;
    const value = readDocument<T>(join(directory, name));
    if (value) values.set(value.id, value);
  }

  // Writes of one document follow each other, so that an older value never replaces a newer one.
  const running = new Map<string, Promise<void>>();
  const fileOf = (id: string) => join(directory, `${encodeURIComponent(id)}.json`);

  async function save(id: string): Promise<void> {
    const value = values.get(id);
    if (value === undefined) {
      await rm(fileOf(id), { force: true });
      return;
    }
    const temporary = `${fileOf(id)}.${process.pid}.tmp`;
    await writeFile(temporary, JSON.stringify(value));
    await rename(temporary, fileOf(id));
  }

  function schedule(id: string): Promise<void> {
    const next = (running.get(id) ?? Promise.resolve()).catch(() => undefined).then(() => save(id));
    running.set(id, next);
    void next
      .finally(() => {
        if (running.get(id) === next) running.delete(id);
      })
      .catch(() => undefined);
    return next;
  }

  return {
    get: (id) => values.get(id),
    list: () => [...values.values()],
    put(value) {
      values.set(value.id, value);
      return schedule(value.id);
    },
    delete(id) {
      values.delete(id);
      return schedule(id);
    },
    async flush() {
      await Promise.allSettled(running.values());
    },
  };
}

function readDocument<T extends { id: string }>(file: string): T | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    const isDocument = typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
    return isDocument ? (value as T) : undefined;
  } catch {
    return undefined; // a file torn by a crash of the file system is treated as absent
  }
}
