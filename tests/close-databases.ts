import { afterAll } from "vitest";
import { closeOpened } from "./database";

/** What the process believes of itself (lib/platform/singleton.ts): the next file in it begins anew. */
const BELIEFS = ["app", "boot", "env", "log", "outage", "shutdown"];

afterAll(async () => {
  await closeOpened();
  for (const name of BELIEFS) delete (globalThis as unknown as Record<symbol, unknown>)[Symbol.for(`caly.${name}`)];
});
