import "server-only";
import { type VapiClient, vapiClient } from "@/lib/adapters/vapi";
import { readApiAccess } from "@/lib/connections";
import type { Context } from "@/lib/platform/context";
import type { App } from "./app";

/** The emulator lets any key in. */
const EMULATOR_KEY = "emulated";

/** The provider's API for a connection; undefined where it cannot be asked: no key, or no emulator. */
export async function voiceProviderFor(app: App, ctx: Context, connectionId: string): Promise<VapiClient | undefined> {
  const { mode, apiKey } = await readApiAccess(ctx, connectionId);
  if (mode === "live") return apiKey ? vapiClient({ connectionId, baseUrl: app.env.vapi.baseUrl, apiKey }) : undefined;
  return emulatorClient(app, connectionId, apiKey);
}

export function emulatorClient(app: App, connectionId: string, apiKey = EMULATOR_KEY): VapiClient | undefined {
  const url = app.env.vapi.emulatorUrl;
  return url ? vapiClient({ connectionId, baseUrl: url, apiKey, loopbackOrigin: new URL(url).origin }) : undefined;
}
