import "server-only";
import { processEnv } from "@/lib/platform/runtime";
import { bootApp } from "./boot";
import { startSentry } from "./sentry";

/** Throws for a configuration that cannot work; what fails later, while the start goes on beside the first requests, goes to `onFailure`. */
export async function startServer(onFailure: (error: unknown) => void): Promise<void> {
  const env = processEnv();
  await startSentry(env);
  if (!env.serverless) void bootApp().catch(onFailure);
}
