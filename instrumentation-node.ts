import type { Instrumentation } from "next";
import { DirectoryInUse } from "@/db/lock";
import { ConfigurationError } from "@/lib/platform/env";
import { processEnv, processLog } from "@/lib/platform/runtime";
import { bootApp } from "@/lib/wiring/boot";
import { startSentry } from "@/lib/wiring/sentry";

/** Starts what the server needs. The port opens meanwhile: `/api/ready` says when the start is over. */
export async function register(): Promise<void> {
  if (process.env.NEXT_PHASE === "phase-production-build") return;
  try {
    const env = processEnv();
    await startSentry(env);
    if (!env.serverless) void bootApp().catch(giveUp);
  } catch (error) {
    giveUp(error);
  }
}

/** What Next caught while rendering or answering. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  processLog().error({ err: error, path: request.path.split("?")[0], route: context.routePath }, "request error");
  if (!processEnv().sentryDsn) return;
  const { captureRequestError } = await import("@sentry/nextjs");
  captureRequestError(error, request, context);
};

/** One sentence for what the operator can mend, the whole error for anything else; a server that cannot work does not stay up. */
function giveUp(error: unknown): never {
  if (error instanceof ConfigurationError || error instanceof DirectoryInUse)
    process.stderr.write(`${error.message}\n`);
  else processLog().fatal({ err: error }, "The server could not start");
  process.exit(1);
}
