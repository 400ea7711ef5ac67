import type { Instrumentation } from "next";

/** Starts what the server needs. The port opens meanwhile: `/api/ready` says when the start is over. */
export async function register(): Promise<void> {
  if (process.env.NEXT_PHASE === "phase-production-build") return;
  try {
    (await import("@/lib/platform/http/unroutable")).refuseUnroutable();
    // Loaded here, not above: what cannot be loaded must end the process, where Next would answer 500 for ever.
    await (await import("@/lib/wiring/start")).startServer(giveUp);
  } catch (error) {
    giveUp(error);
  }
}

/** What Next caught while rendering or answering. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  const { reportRequestError } = await import("@/lib/wiring/sentry");
  await reportRequestError(error, request, context);
};

/** One sentence for what the operator can mend, the whole error for anything else; a server that cannot work does not stay up. */
function giveUp(error: unknown): never {
  const plain = error instanceof Error && ["ConfigurationError", "DirectoryInUse"].includes(error.name);
  const text = error instanceof Error ? (plain ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
