import { parseArgs } from "node:util";
import { startStripeEmulator } from "./index";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" }, data: { type: "string" } } });

if (!values.data || !/^\d{1,5}$/.test(values.port)) {
  console.error("Usage: node --import tsx emulators/stripe/main.ts --port <port, 0 for any> --data <folder>");
  process.exit(2);
}

const emulator = await startStripeEmulator({ port: Number(values.port), dataDir: values.data });
console.log(JSON.stringify({ ready: true, port: emulator.port, url: emulator.url }));

const maxStopMs = 900;
let isStopping = false;
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(0), maxStopMs).unref();
    void emulator.close().finally(() => process.exit(0));
  });
}
