import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const emulators = dirname(dirname(fileURLToPath(import.meta.url)));
let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "calendar main "));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function start(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", join(emulators, "google-calendar/main.ts"), ...args], {
    cwd: dirname(emulators),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const errors: string[] = [];
  child.stderr.on("data", (chunk) => errors.push(String(chunk)));
  const exit = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const firstLine = new Promise<string>((resolve) => createInterface(child.stdout).once("line", resolve));
  return { child, errors, exit, firstLine };
}

describe("the emulator as a program", () => {
  it("says when it listens, keeps what it was told, and ends at once when asked", async () => {
    const headers = { "content-type": "application/json" };
    for (const isFirst of [true, false]) {
      const { child, errors, exit, firstLine } = start("--port", "0", "--data", dataDir);
      const ready = JSON.parse(await firstLine) as { ready: boolean; port: number; url: string };
      expect(ready).toEqual({ ready: true, port: ready.port, url: `http://127.0.0.1:${ready.port}` });
      const body = JSON.stringify({ email: "maya@studio.example", name: "Maya" });
      if (isFirst) await fetch(`${ready.url}/_emulator/accounts`, { method: "POST", headers, body });
      const accounts = (await (await fetch(`${ready.url}/_emulator/accounts`)).json()) as { email: string }[];
      expect(accounts.map((account) => account.email)).toContain("maya@studio.example");
      child.kill("SIGTERM");
      expect(await exit).toBe(0);
      expect(errors.join("")).toBe("");
    }
  });

  it("does not answer a page of another name, and explains its arguments", async () => {
    const { child, exit, firstLine } = start("--port", "0", "--data", dataDir);
    const { url } = JSON.parse(await firstLine) as { url: string };
    const fromPage = await fetch(`${url}/_emulator/faults`, {
      method: "DELETE",
      headers: { origin: "https://evil.example" },
    });
    expect(fromPage.status).toBe(403);
    child.kill("SIGTERM");
    await exit;
    const wrong = start("--port", "0");
    expect(await wrong.exit).toBe(2);
    expect(wrong.errors.join("")).toContain("--data");
  });
});
