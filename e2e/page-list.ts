import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const app = fileURLToPath(new URL("../app", import.meta.url));

/** Every page of the app as a pattern, read from the tree: a new page cannot be forgotten. */
export function pagePatterns(): string[] {
  return files("page.tsx").map(patternOf).sort();
}

export function routePatterns(): string[] {
  return files("route.ts").map(patternOf).sort();
}

function files(name: string): string[] {
  return readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === name)
    .map((file) => path.dirname(file));
}

/** "(dashboard)/o/[slug]/calls/[id]" → "/o/[slug]/calls/[id]". */
function patternOf(folder: string): string {
  const parts = folder.split(path.sep).filter((part) => part !== "." && !/^\(.*\)$/.test(part));
  return `/${parts.join("/")}`;
}

export const isDashboard = (pattern: string) => pattern.startsWith("/o/[slug]");

/** Fills a pattern's parameters; undefined where one is not known. */
export function addressOf(pattern: string, ids: Record<string, string>): string | undefined {
  const parts = pattern.split("/").map((part, index, all) => {
    if (!part.startsWith("[")) return part;
    return ids[part === "[slug]" ? "slug" : (all[index - 1] ?? "")];
  });
  return parts.some((part) => part === undefined) ? undefined : parts.join("/");
}
