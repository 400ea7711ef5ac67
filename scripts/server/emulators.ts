import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { type Child, startChild } from "./child";
import { availablePort } from "./port";
import { inProject } from "./project";

/** Addresses of the stand-ins for vendors that run beside an embedded server. */
export type Emulators = { vapi: string; googleCalendar: string; microsoftCalendar: string; stripe: string };

type Started = { child: Child; url: string };
type Log = (line: string) => void;

/** All of them, side by side. */
export async function startEmulators(
  dataDir: string,
  log: Log,
  onStart: (child: Child) => void,
): Promise<{ children: Child[]; urls: Emulators }> {
  const [vapi, google, microsoft, stripe] = await Promise.all(
    ["vapi", "google-calendar", "microsoft-calendar", "stripe"].map((name) =>
      startEmulator(name, dataDir, log, onStart),
    ),
  );
  if (!vapi || !google || !microsoft || !stripe) throw new Error("an emulator is missing");
  return {
    children: [vapi.child, google.child, microsoft.child, stripe.child],
    urls: { vapi: vapi.url, googleCalendar: google.url, microsoftCalendar: microsoft.url, stripe: stripe.url },
  };
}

export const startVapiEmulator = (dataDir: string, log: Log): Promise<Started> => startEmulator("vapi", dataDir, log);

/** Starts a vendor's stand-in, on the port it had last time if that is free: addresses it handed out stay good. */
async function startEmulator(
  name: string,
  dataDir: string,
  log: Log,
  onStart: (child: Child) => void = () => {},
): Promise<Started> {
  const data = path.join(dataDir, "emulators", name);
  mkdirSync(data, { recursive: true });
  const portFile = path.join(data, "port");
  const port = (await availablePort(lastPort(portFile), "127.0.0.1")) ?? 0;
  const child = startChild(`${name} emulator`, [
    ...["--import", "tsx", inProject(`emulators/${name}/main.ts`)],
    ...["--port", String(port), "--data", data],
  ]);
  onStart(child);
  const errors: string[] = [];
  child.process.stderr?.on("data", (part: Buffer) => {
    errors.push(part.toString());
    log(part.toString().trimEnd());
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.ended.then((code) => reject(new Error(`the ${name} emulator ended with ${code}: ${errors.join("").trim()}`)));
    if (!child.process.stdout) return reject(new Error("no output"));
    createInterface(child.process.stdout).on("line", (line) => {
      const ready = readyUrl(line);
      if (ready) resolve(ready);
      else log(line);
    });
  });
  writeFileSync(portFile, new URL(url).port);
  return { child, url };
}

function lastPort(file: string): number {
  try {
    return Number(readFileSync(file, "utf8")) || 0;
  } catch {
    return 0;
  }
}

function readyUrl(line: string): string | undefined {
  try {
    const message = JSON.parse(line) as { ready?: unknown; url?: unknown };
    return message.ready === true && typeof message.url === "string" ? message.url : undefined;
  } catch {
    return undefined;
  }
}
