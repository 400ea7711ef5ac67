import { createWriteStream, mkdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

const MAX_BYTES = 10 * 1024 * 1024;
const ERROR = 50;

export type ServerLog = {
  write(line: string): void;
  /** Copies the stream to the file and what is an error to the console as well. */
  follow(stream: Readable | null): void;
  /** The last lines, for when the server ends by itself. */
  tail(): string;
};

/** `logs/server.log` in the data folder; one earlier file is kept when it has grown above 10 MB. */
export function openServerLog(dataDir: string): ServerLog {
  const file = path.join(dataDir, "logs/server.log");
  mkdirSync(path.dirname(file), { recursive: true });
  if (sizeOf(file) > MAX_BYTES) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: "a" });
  const last: string[] = [];
  const write = (line: string) => {
    stream.write(`${line}\n`);
    last.push(line);
    if (last.length > 40) last.shift();
  };
  return {
    write,
    follow(source) {
      if (!source) return;
      createInterface(source).on("line", (line) => {
        write(line);
        const error = errorIn(line);
        if (error) console.error(error);
      });
    },
    tail: () => last.join("\n"),
  };
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/** The message of a structured log line of level error or above. */
export function errorIn(line: string): string | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    const entry = JSON.parse(line) as { level?: unknown; msg?: unknown; err?: { message?: unknown } };
    const level =
      typeof entry.level === "number" ? entry.level : entry.level === "error" || entry.level === "fatal" ? ERROR : 0;
    if (level < ERROR) return undefined;
    const message = typeof entry.msg === "string" ? entry.msg : "error";
    const cause =
      typeof entry.err?.message === "string" && entry.err.message !== message ? `: ${entry.err.message}` : "";
    return `error: ${message}${cause} (.data/logs/server.log)`;
  } catch {
    return undefined;
  }
}
