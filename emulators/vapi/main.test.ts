import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const folder = dirname(fileURLToPath(import.meta.url));
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vapi main "));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function start(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", join(folder, "main.ts"), ...args], {
    cwd: join(folder, "../.."),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errors: string[] = [];
  child.stderr.on("data", (chunk) => errors.push(String(chunk)));
  const exit = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const firstLine = new Promise<string>((resolve) => createInterface(child.stdout).once("line", resolve));
  return { child, errors, exit, firstLine };
}

describe("the emulator as a program", () => {
  it("says when it listens, plays a spoken call without a warning, and stops at once in the middle of another", async () => {
    const { child, errors, exit, firstLine } = start("--port", "0", "--data", dataDir, "--api-key", "k");
    const ready = JSON.parse(await firstLine) as { ready: boolean; port: number; url: string };
    expect(ready).toEqual({ ready: true, port: ready.port, url: `http://127.0.0.1:${ready.port}` });
    // A webhook that takes requests and never answers must not hold up the end.
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const post = async (path: string, body: object) => {
      const headers = { authorization: "Bearer k", "content-type": "application/json" };
      const response = await fetch(ready.url + path, { method: "POST", headers, body: JSON.stringify(body) });
      return (await response.json()) as { id: string };
    };
    const quiet = await post("/assistant", { name: "No webhook" });
    const spoken = await post("/_emulator/calls", {
      assistantId: quiet.id,
      speed: 0,
      script: { turns: [{ agent: "Hello there." }, { hangUp: "caller" }] },
    });
    const done = await fetch(`${ready.url}/_emulator/calls/${spoken.id}?waitMs=15000`);
    expect(await done.json()).toMatchObject({ isDone: true, call: { endedReason: "customer-ended-call" } });
    const deaf = await post("/assistant", { name: "Deaf", server: { url: `http://127.0.0.1:${port}/` } });
    await post("/_emulator/calls", { assistantId: deaf.id });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const stopped = performance.now();
    child.kill("SIGTERM");
    expect(await exit).toBe(0);
    expect(performance.now() - stopped).toBeLessThan(5_000);
    expect(errors.join("")).toBe("");
    silent.closeAllConnections();
    silent.close();
  });

  it("explains its arguments and ends with 2 when they are wrong", async () => {
    const { errors, exit } = start("--port", "0");
    expect(await exit).toBe(2);
    expect(errors.join("")).toContain("--data");
  });
});
