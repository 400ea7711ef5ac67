import { parseArgs } from "node:util";
import type { CalendarEmulator, CalendarEmulatorOptions } from "./server";

const maxStopMs = 900;

/** An emulator as a program: `--port <port> --data <folder>`; says in one line of JSON when it listens, ends on SIGTERM. */
export async function runEmulator(
  file: string,
  start: (options: CalendarEmulatorOptions) => Promise<CalendarEmulator>,
): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: "string", default: "0" }, data: { type: "string" } } });
  if (!values.data || !/^\d{1,5}$/.test(values.port)) {
    console.error(`Usage: node --import tsx ${file} --port <port, 0 for any> --data <folder>`);
    process.exit(2);
  }
  const emulator = await start({ port: Number(values.port), dataDir: values.data });
  console.log(JSON.stringify({ ready: true, port: emulator.port, url: emulator.url }));
  let isStopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      setTimeout(() => process.exit(0), maxStopMs).unref();
      void emulator.close().finally(() => process.exit(0));
    });
  }
}
