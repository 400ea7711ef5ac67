import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { type Child, startChild } from "./child";
import { availablePort } from "./port";
import { inProject } from "./project";

export type Emulators = { vapi: string };

/** Starts the stand-in for Vapi, on the port it had last time if that is free: addresses it handed out stay good. */
export async function startVapiEmulator(
  dataDir: string,
  log: (line: string) => void,
): Promise<{ child: Child; url: string }> {
  const data = path.join(dataDir, "emulators/vapi");
  mkdirSync(data, { recursive: true });
  const portFile = path.join(data, "port");
  const port = (await availablePort(lastPort(portFile), "127.0.0.1")) ?? 0;
  const child = startChild("vapi emulator", [
    ...["--import", "tsx", inProject("emulators/vapi/main.ts")],
    ...["--port", String(port), "--data", data],
  ]);
  const errors: string[] = [];
  child.process.stderr?.on("data", (part: Buffer) => {
    errors.push(part.toString());
    log(part.toString().trimEnd());
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.ended.then((code) => reject(new Error(`the Vapi emulator ended with ${code}: ${errors.join("").trim()}`)));
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
