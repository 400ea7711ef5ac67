import { readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";

interface Job {
  id: number;
  voice: string;
  text: string;
  /** File name inside the cache folder. */
  file: string;
}

// node:wasi announces itself as experimental on every start; the terminal belongs to the server that starts us.
process.emitWarning = () => undefined;

const { wasmPath, cacheDir } = workerData as { wasmPath: string; cacheDir: string };
const { WASI } = await import("node:wasi");
const flite = await WebAssembly.compile(await readFile(wasmPath));

parentPort?.on("message", (job: Job) => {
  synthesise(job).then(
    () => parentPort?.postMessage({ id: job.id }),
    (error: unknown) => parentPort?.postMessage({ id: job.id, error: String(error) }),
  );
});

async function synthesise(job: Job): Promise<void> {
  const partial = `${job.file}.partial`;
  const wasi = new WASI({
    version: "preview1",
    args: ["flite", "-voice", job.voice, "-t", job.text, "-o", `/cache/${partial}`],
    env: {},
    preopens: { "/cache": cacheDir },
    returnOnExit: true,
  });
  const instance = await WebAssembly.instantiate(flite, wasi.getImportObject() as WebAssembly.Imports);
  const exitCode = wasi.start(instance);
  if (exitCode !== 0) throw new Error(`speech synthesis ended with code ${exitCode}`);
  await rename(join(cacheDir, partial), join(cacheDir, job.file));
}
