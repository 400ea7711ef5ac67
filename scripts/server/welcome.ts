import path from "node:path";
import type { Env } from "@/lib/platform/env";

/** What is printed when the server is ready. */
export function welcome(env: Env, seconds: number, { firstCalls }: { firstCalls: boolean }): string {
  const logs = path.relative(process.cwd(), path.join(env.dataDir, "logs/server.log"));
  const lines = [`Caly is ready after ${seconds} s: ${env.appUrl}`, ""];
  if (env.loopbackOnly)
    lines.push(
      `  See the demo        press “Try the demo” on the home page${firstCalls ? "; its first calls are coming in now" : ""}`,
      `  Make your own       ${env.appUrl}/sign-in with any e-mail address; the code arrives at ${env.appUrl}/dev/mailbox`,
      "  Let somebody call   npm run demo:call -- --scenario booking   (another terminal)",
      "  Start over          npm run reset",
    );
  else lines.push("  The socket is open to other machines: there is no development mailbox and no demo entrance.");
  return [...lines, "", `Logs: ${logs}. Ctrl-C stops it; the data stays.`].join("\n");
}
