import type { Context } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { ok, type Result, refuse } from "@/lib/platform/result";

/** What the engine that collects answered; "unavailable" where it could not be asked, with the reason in the log. */
export async function reachEngine<T>(ctx: Context, ask: () => Promise<T>): Promise<Result<T, "unavailable">> {
  try {
    return ok(await ask());
  } catch (error) {
    if (!(error instanceof AppError && error.code === "unavailable")) throw error;
    ctx.log.error({ err: error }, "the engine that collects could not be asked");
    return refuse("unavailable");
  }
}
