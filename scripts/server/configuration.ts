import { ConfigurationError, type Env, readEnv } from "@/lib/platform/env";
import { fail } from "./project";

/** The configuration, or one sentence and exit code 1. */
export function configuration(changes: Record<string, string> = {}): Env {
  try {
    return readEnv({ ...process.env, ...changes });
  } catch (error) {
    if (error instanceof ConfigurationError) fail(error.message);
    throw error;
  }
}
