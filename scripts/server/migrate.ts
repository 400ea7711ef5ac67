import { openDatabase } from "@/db/client";
import { migrate } from "@/db/migrate";
import { configuration } from "./configuration";
import { takeFolder } from "./folder";
import { fail } from "./project";

const env = configuration();
if (env.mode === "embedded") takeFolder(env.dataDir, "migrate");
try {
  const database = await openDatabase(env.database);
  await migrate(database);
  await database.close();
} catch (error) {
  fail(`Cannot migrate: ${error instanceof Error ? error.message : error}`);
}
console.log("The database is up to date.");
process.exit(0);
