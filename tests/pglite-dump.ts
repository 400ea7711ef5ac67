import { existsSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@/db/client";
import { migrate } from "@/db/migrate";
import { cacheDirectory } from "./cache";

export async function preparePgliteDump(): Promise<string> {
  const dump = path.join(cacheDirectory(), "pglite.tar");
  if (existsSync(dump)) return dump;
  const pglite = await openDatabase({});
  await migrate(pglite);
  // Otherwise each copy would do the migrations again, out of the log.
  await pglite.pglite?.exec("checkpoint");
  const file = await pglite.pglite?.dumpDataDir("none");
  if (!file) throw new Error("PGlite gave no dump");
  const partial = `${dump}.${process.pid}`;
  writeFileSync(partial, Buffer.from(await file.arrayBuffer()));
  renameSync(partial, dump);
  await pglite.close();
  return dump;
}
