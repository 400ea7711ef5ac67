import { after } from "next/server";
import type { Logger } from "@/lib/platform/logger";

/** Runs work after the answer was sent, keeping the function alive for it; at once where there is no request. */
export const deferAfterResponse = (log: Logger) => (work: () => Promise<void>) => {
  const logged = () => work().catch((error) => log.error({ err: error }, "work after the answer failed"));
  try {
    after(logged);
  } catch {
    void logged();
  }
};
