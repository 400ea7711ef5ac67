import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

const shape = z.object({
  org: z.string(),
  signIn: z.object({ path: z.string().optional(), url: z.string().optional(), email: z.string() }),
  vapi: z.object({ webhookUrl: z.string(), secret: z.string() }),
});

/** What the server wrote at its start about the demo organisation: `.data/demo.json`, readable by its owner alone. */
export function readDemo(dataDir: string): z.output<typeof shape> | undefined {
  try {
    return shape.parse(JSON.parse(readFileSync(path.join(dataDir, "demo.json"), "utf8")));
  } catch {
    return undefined;
  }
}
