import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import path from "node:path";

interface Line {
  account: string;
  table: string;
  id: string;
  value?: { id: string } | undefined;
}

export interface Journal {
  note(account: string, table: string, id: string, value: { id: string } | undefined): void;
  /** Writes what was noted since; the state is on the machine's disk cache before an answer leaves. */
  flush(): void;
  close(): void;
}

/** One line for every changed object, the last one counting; read back and rewritten when it is opened. */
export function openJournal(dataDir: string, take: (line: Line) => void): Journal {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, "books.jsonl");
  const last = new Map<string, Line>();
  if (existsSync(file)) {
    for (const text of readFileSync(file, "utf8").split("\n")) {
      const line = readLine(text);
      if (!line) continue;
      const key = keyOf(line);
      if (line.value === undefined) last.delete(key);
      else last.set(key, line);
    }
    const partial = `${file}.${process.pid}.tmp`;
    writeFileSync(partial, [...last.values()].map((line) => `${JSON.stringify(line)}\n`).join(""));
    renameSync(partial, file);
  }
  for (const line of last.values()) take(line);
  last.clear();

  const handle = openSync(file, "a");
  const dirty = new Map<string, Line>();
  const flush = () => {
    if (dirty.size === 0) return;
    const text = [...dirty.values()].map((line) => `${JSON.stringify(line)}\n`).join("");
    dirty.clear();
    writeSync(handle, text);
  };
  return {
    note(account, table, id, value) {
      const line: Line = { account, table, id, value };
      dirty.set(keyOf(line), line);
    },
    flush,
    close() {
      flush();
      closeSync(handle);
    },
  };
}

const keyOf = (line: Line) => `${line.account} ${line.table} ${line.id}`;

/** undefined for a line that a kill tore. */
function readLine(text: string): Line | undefined {
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}
