import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { inProject, root } from "../server/project";
import { boundaryProblems, type Problem } from "./boundaries";
import { conventionProblems } from "./conventions";
import { documentProblems } from "./documents";

/** Tracked and new files, without what .gitignore names. */
export function projectFiles(): string[] {
  const out = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 32 * 1024 * 1024,
  });
  return [...new Set(out.split("\0"))].filter((file) => file && existsSync(inProject(file)));
}

/** Everything the checks of scripts/checks have against the project as it lies there. */
export function sourceProblems(): Problem[] {
  return projectFiles().flatMap((file) => {
    const text = () => readFileSync(inProject(file), "utf8");
    if (/\.md$/.test(file)) return documentProblems(file, text(), (path) => existsSync(inProject(path)));
    if (!/\.(tsx?|mjs)$/.test(file)) return [];
    return [...boundaryProblems(file, text()), ...conventionProblems(file, text())];
  });
}
