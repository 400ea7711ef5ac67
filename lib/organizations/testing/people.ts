import { createHash } from "node:crypto";
import type { Database } from "@/db/client";
import { users } from "@/db/schema";
import { withSystem } from "@/db/tenant";
import { type Clock, systemClock } from "@/lib/platform/clock";
import { newId } from "@/lib/platform/ids";
import { createLogger } from "@/lib/platform/logger";
import type { Founding } from "../create-organization";

const key = (purpose: string) => createHash("sha256").update(`test ${purpose}`).digest();

/** What verbs before an organisation need, in tests. */
export const founding = (database: Database, clock: Clock = systemClock): Founding => ({
  database,
  clock,
  log: createLogger({ level: "silent" }),
  keys: { secrets: key("secrets"), slots: key("slots"), urls: key("urls") },
});

export async function createTestPerson(database: Database, email: string, name = "") {
  const userId = newId("user");
  await withSystem(database, (tx) => tx.insert(users).values({ id: userId, email, name, emailVerified: true }));
  return { userId, email, name };
}
