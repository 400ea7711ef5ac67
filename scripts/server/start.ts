import path from "node:path";
import { parseArgs } from "node:util";
import { openDatabase } from "@/db/client";
import { migrate } from "@/db/migrate";
import type { Env } from "@/lib/platform/env";
import { placeFirstCalls } from "../demo/first-calls";
import { buildIfStale } from "./build";
import { type Child, startChild } from "./child";
import { configuration } from "./configuration";
import { startEmulators } from "./emulators";
import { takeFolder } from "./folder";
import { availablePort } from "./port";
import { fail, inProject } from "./project";
import { waitUntilReady } from "./ready";
import { removeRuntime, writeRuntime } from "./runtime-file";
import { openServerLog } from "./server-log";
import { welcome } from "./welcome";

const { values: options } = parseArgs({
  options: { dev: { type: "boolean", default: false }, "no-demo-calls": { type: "boolean", default: false } },
});

const NEXT = inProject("node_modules/next/dist/bin/next");
const children: Child[] = [];
const stopping = new AbortController();
const cleanUp: (() => void)[] = [];

async function stop(code: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  // The server first: it may still be answering the emulators.
  for (const child of [...children].reverse()) await child.stop();
  for (const undo of cleanUp.reverse()) undo();
  process.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
process.on("disconnect", () => void stop(0));

async function main(): Promise<void> {
  const host = process.env.HOST || "127.0.0.1";
  const wanted = wantedPort();
  const { mode, dataDir } = configuration({ HOST: host, PORT: String(wanted || 3000) });
  if (mode === "embedded") cleanUp.push(takeFolder(dataDir, "start"));
  const port = await availablePort(wanted, host);
  if (!port) fail(`Port ${wanted} is in use: stop what uses it, or choose another with PORT=${wanted + 1} npm start.`);
  const env = configuration({ HOST: host, PORT: String(port) });
  if (!options.dev && !(await buildIfStale(console.log, (child) => children.push(child)))) {
    if (stopping.signal.aborted) return;
    fail("The build failed; its messages are above.");
  }
  if (env.mode === "embedded") await startEmbedded(env, host, port);
  else await startDeployed(env, host, port);
}

function wantedPort(): number {
  const wanted = Number(process.env.PORT || 3000);
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= 65_535) return wanted;
  return fail(`PORT must be a number from 0 (any free port) to 65535, not ${process.env.PORT}.`);
}

const serverArgs = (host: string, port: number) => [
  NEXT,
  options.dev ? "dev" : "start",
  "-H",
  host,
  "-p",
  String(port),
];

async function startEmbedded(env: Env, host: string, port: number): Promise<void> {
  const startedAt = performance.now();
  const log = openServerLog(env.dataDir);
  const emulators = await startEmulators(env.dataDir, log.write, (child) => children.push(child));
  const server = startChild("server", serverArgs(host, port), {
    env: {
      NODE_ENV: options.dev ? "development" : "production",
      HOST: host,
      PORT: String(port),
      APP_URL: env.appUrl,
      CALY_DATA_DIR: path.resolve(env.dataDir),
      CALY_EMULATOR_VAPI_URL: emulators.urls.vapi,
      CALY_EMULATOR_GOOGLE_URL: emulators.urls.googleCalendar,
      CALY_EMULATOR_MICROSOFT_URL: emulators.urls.microsoftCalendar,
      CALY_EMULATOR_STRIPE_URL: emulators.urls.stripe,
      NEXT_MANUAL_SIG_HANDLE: "true",
      NEXT_TELEMETRY_DISABLED: "1",
    },
  });
  children.push(server);
  log.follow(server.process.stdout);
  log.follow(server.process.stderr);
  for (const child of [server, ...emulators.children]) void child.ended.then((code) => ended(child, code, log.tail));
  const local = `http://127.0.0.1:${port}`;
  const { ok, last } = await waitUntilReady(local, stopping.signal);
  if (stopping.signal.aborted) return;
  if (!ok) {
    console.error(`${log.tail()}\nThe server did not become ready: ${last}`);
    return stop(1);
  }
  writeRuntime(env.dataDir, { pid: process.pid, baseUrl: env.appUrl, emulators: emulators.urls });
  cleanUp.push(() => removeRuntime(env.dataDir));
  const firstCalls = !options["no-demo-calls"] && env.loopbackOnly;
  console.log(welcome(env, Math.round((performance.now() - startedAt) / 1000), { firstCalls }));
  if (firstCalls) await placeFirstCalls(env.dataDir, emulators.urls.vapi, stopping.signal);
}

async function startDeployed(env: Env, host: string, port: number): Promise<void> {
  const database = await openDatabase(env.database);
  try {
    await migrate(database);
  } catch (error) {
    fail(`Cannot migrate the database: ${rootMessage(error)}`);
  } finally {
    await database.close();
  }
  const server = startChild("server", serverArgs(host, port), {
    env: {
      NODE_ENV: "production",
      HOST: host,
      PORT: String(port),
      NEXT_MANUAL_SIG_HANDLE: "true",
      NEXT_TELEMETRY_DISABLED: "1",
    },
    output: "inherit",
  });
  children.push(server);
  void server.ended.then((code) => ended(server, code, () => ""));
}

function ended(child: Child, code: number, tail: () => string): void {
  if (stopping.signal.aborted) return;
  console.error(`${tail()}\nThe ${child.name} ended by itself with code ${code}.`);
  void stop(1);
}

function rootMessage(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause) cause = cause.cause;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) cause = cause.errors[0];
  return cause instanceof Error ? cause.message : String(cause);
}

main().catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  await stop(1);
});
