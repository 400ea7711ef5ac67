import "server-only";
import { listEmulatedConnections } from "@/db/system";
import { serverObject } from "@/lib/adapters/vapi";
import { type Provisioned, provisionEmulatedConnection } from "@/lib/connections";
import { type Context, systemActor } from "@/lib/platform/context";
import { AppError } from "@/lib/platform/errors";
import { type App, contextFor } from "./app";
import type { BootTask } from "./boot-tasks";
import { emulatorClient } from "./voice-provider";

/** The organisation's line at the emulator, made if there is none; see lib/connections. Embedded mode only. */
export async function provisionEmulated(
  app: App,
  ctx: Context,
  input: { agentId?: string } = {},
): Promise<Provisioned> {
  const numbers = emulatorClient(app, `emulator:${ctx.orgId}`);
  if (!numbers)
    throw new AppError(
      "unavailable",
      "There is no emulator to connect to: emulated calls exist in embedded mode only.",
    );
  return provisionEmulatedConnection(ctx, input, {
    numbers,
    appUrl: app.env.appUrl,
    server: serverObject,
  });
}

const PAGE = 100;

/** The server's port and the emulator's memory may have changed since the last start: every emulated line is told where we are. */
export const emulatedConnectionsTask: BootTask = {
  name: "emulated-connections",
  when: (app) => app.env.vapi.emulatorUrl !== undefined,
  async run(app) {
    const done = new Set<string>();
    for (let after = ""; ; ) {
      const page = await listEmulatedConnections(app.database, after, PAGE);
      for (const { id, orgId } of page) {
        after = id;
        if (done.has(orgId)) continue;
        done.add(orgId);
        await provisionEmulated(app, contextFor(app, orgId, systemActor("start"))).catch((error: unknown) =>
          app.log.warn({ err: error, orgId }, "emulated line could not be set up"),
        );
      }
      if (page.length < PAGE) return;
    }
  },
};
