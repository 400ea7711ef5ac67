import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { inProject } from "./server/project";

const complete = (file: string) =>
  execFileSync(process.execPath, [inProject("scripts/complete-lock.mjs"), file], { encoding: "utf8" });

test("missing optional packages are added where npm looks for them, with the platform their name says", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "caly-lock-"));
  const file = path.join(folder, "package-lock.json");
  const native = {
    "@x/native-darwin-arm64": "2.0.0",
    "@x/native-linux-x64-musl": "2.0.0",
    "@x/native-win32-x64-msvc": "2.0.0",
  };
  const packages = {
    "": { name: "it" },
    "node_modules/@x/native": { version: "2.0.0", dev: true, optionalDependencies: native },
    "node_modules/@x/native-win32-x64-msvc": { version: "1.0.0", optional: true },
  };
  writeFileSync(file, JSON.stringify({ packages }));
  try {
    expect(complete(file)).toContain("3 entries");
    const { packages: done } = JSON.parse(readFileSync(file, "utf8"));
    expect(done["node_modules/@x/native-darwin-arm64"]).toEqual({
      version: "2.0.0",
      dev: true,
      optional: true,
      cpu: ["arm64"],
      os: ["darwin"],
    });
    expect(done["node_modules/@x/native-linux-x64-musl"]).toMatchObject({
      os: ["linux"],
      cpu: ["x64"],
      libc: ["musl"],
    });
    expect(done["node_modules/@x/native-win32-x64-msvc"].version).toBe("1.0.0");
    expect(done["node_modules/@x/native/node_modules/@x/native-win32-x64-msvc"].version).toBe("2.0.0");
    expect(complete(file)).toContain("0 entries");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the project's own lock file lacks nothing and names no registry", () => {
  const lock = readFileSync(inProject("package-lock.json"), "utf8");
  const copy = path.join(mkdtempSync(path.join(tmpdir(), "caly-lock-")), "package-lock.json");
  writeFileSync(copy, lock);
  expect(complete(copy)).toContain("0 entries");
  expect(lock).not.toContain('"resolved"');
});
