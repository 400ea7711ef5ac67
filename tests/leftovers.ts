import { readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A killed test run leaves its PostgreSQL behind: the next run ends it and removes its folder. */
export function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = /^caly-test-(\d+)-/.exec(name)?.[1];
    if (!owner || isAlive(Number(owner))) continue;
    const directory = path.join(tmpdir(), name);
    const postmaster = postmasterOf(path.join(directory, "pg"));
    if (postmaster) process.kill(postmaster, "SIGQUIT");
    rmSync(directory, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The process of postmaster.pid, if it is still the one that serves this directory. */
function postmasterOf(directory: string): number | undefined {
  try {
    const pid = Number(readFileSync(path.join(directory, "postmaster.pid"), "utf8").split("\n")[0]);
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(directory) ? pid : undefined;
  } catch {
    return undefined;
  }
}
