import { inTenant } from "@/db/tenant";
import { authorise } from "@/lib/organizations/authorise";
import type { Context } from "@/lib/platform/context";
import { findRow } from "./read-connections";
import { unsealFor } from "./secrets";

/** How the provider's API is reached for this connection; `apiKey` undefined when none was given. For adapters, never for a screen. */
export async function readApiAccess(
  ctx: Context,
  connectionId: string,
): Promise<{ mode: "emulated" | "live"; apiKey: string | undefined }> {
  authorise(ctx, "connections.manage");
  const row = await inTenant(ctx, (tx) => findRow(ctx, tx, connectionId));
  return { mode: row.mode, apiKey: row.apiKeyEnc ? unsealFor(ctx.keys, row.id, row.apiKeyEnc) : undefined };
}
