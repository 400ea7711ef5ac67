import { parseArgs } from "node:util";
import { startVapiEmulator } from "./index";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    data: { type: "string" },
    "api-key": { type: "string" },
  },
});

if (!values.data || !/^\d{1,5}$/.test(values.port)) {
  console.error(
    "Usage: node --import tsx emulators/vapi/main.ts --port <port, 0 for any> --data <folder> [--api-key <key>]",
  );
  process.exit(2);
}

const apiKey = values["api-key"];
const emulator = await startVapiEmulator({
  port: Number(values.port),
  dataDir: values.data,
  ...(apiKey ? { apiKey } : {}),
});
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
