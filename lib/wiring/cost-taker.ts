import "server-only";
import type { TakeCost } from "@/lib/billing";
import { takeCost } from "@/lib/calls";
import type { Context } from "@/lib/platform/context";
import type { App } from "./app";
import { providerOfCall } from "./voice-workers";

/** Asks the provider of a call's own line what it cost. */
export const costTaker =
  (app: App, ctx: Context): TakeCost =>
  async (callId) =>
    takeCost(ctx, callId, await providerOfCall(app, ctx, callId));
