import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Database } from "@/db/client";
import type { AppError } from "@/lib/platform/errors";
import { problemOf } from "@/lib/platform/http/problem";
import { createLogger } from "@/lib/platform/logger";
import { MemoryRateLimiter } from "@/lib/platform/rate-limit";
import type { App } from "@/lib/wiring/app";
import { takeStripeWebhook } from "@/lib/wiring/stripe-webhook";
import { testContext } from "../organization";
import type { Engine } from "./stripe-life";

/** What of an App the webhook of Stripe uses, over a test database. */
export function billingApp(database: Database, engine: Pick<Engine, "emulator">, webhookSecrets: string[]): App {
  const { clock, keys } = testContext(database, "org_none");
  return {
    env: {
      trustedProxy: undefined,
      stripe: { secretKey: undefined, emulatorUrl: engine.emulator.url, webhookSecrets },
    },
    database,
    clock,
    keys,
    log: createLogger({ level: "silent" }),
    limiter: new MemoryRateLimiter(),
    jobs: { poke: () => {} },
  } as unknown as App;
}

/** The route, with refusals as the problems they become. */
export async function deliverTo(app: App, request: Request): Promise<Response> {
  try {
    return await takeStripeWebhook(app, request, app.log);
  } catch (error) {
    const answer = problemOf(error as AppError, "req_test");
    if (!answer) throw error;
    return answer;
  }
}

/** Serves the route over HTTP; `perRequest` hears what was answered. */
export async function serveWebhook(app: App, perRequest: (status: number) => void = () => {}) {
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as [string, string]);
    const request = new Request("http://127.0.0.1/api/webhooks/stripe", {
      method: "POST",
      headers,
      body: Buffer.concat(parts),
    });
    const answer = await deliverTo(app, request);
    perRequest(answer.status);
    outgoing.writeHead(answer.status).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(resolve)) };
}
