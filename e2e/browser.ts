import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";

const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * A Chromium to drive: E2E_CHROMIUM, then Playwright's own download (undefined: Playwright knows where), then the system's,
 * then the one an npm package carries for Linux on x64, with its shared libraries where the system has none.
 */
export async function browserPath(): Promise<string | undefined> {
  const chosen = process.env.E2E_CHROMIUM;
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`E2E_CHROMIUM names ${chosen}, which does not exist`);
    return chosen;
  }
  if (existsSync(chromium.executablePath())) return undefined;
  const installed = SYSTEM.find((file) => existsSync(file));
  if (installed) return installed;
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("No Chromium found: run `npx playwright install chromium`, or name one with E2E_CHROMIUM");
  const carried = await import("@sparticuz/chromium");
  const executable = await carried.default.executablePath();
  if (missingLibraries(executable).length > 0) {
    const archive = path.join(
      path.dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")),
      "../bin/al2023.tar.br",
    );
    await carried.inflate(archive);
    carried.setupLambdaEnvironment(path.join(tmpdir(), "al2023/lib"));
    const still = missingLibraries(executable);
    if (still.length > 0)
      throw new Error(
        `Chromium lacks ${still.join(", ")}: install them, or run \`npx playwright install --with-deps chromium\``,
      );
  }
  return executable;
}

function missingLibraries(executable: string): string[] {
  const listing = execFileSync("ldd", [executable], { encoding: "utf8" });
  return [...listing.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? "");
}
