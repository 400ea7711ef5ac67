import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import type { Database } from "@/db/client";
import { systemClock } from "@/emulators/http/clock";
import { startStripeEmulator } from "@/emulators/stripe";
import { readStripeEvent, stripeBilling } from "@/lib/adapters/stripe";
import { applyCatalogSync, planCatalogSync, storeBillingEvent } from "@/lib/billing";
import type { Clock } from "@/lib/platform/clock";
import { START } from "./year-plan";

/** An emulated Stripe that stands on the first of January until it is moved, whose events are kept in `database`, in any order and some of them twice. */
export async function openYearStripe(database: Database) {
  let now = START;
  let silenced: string | undefined;
  const clock: Clock = { now: () => new Date(now) };
  const receiver = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const event = readStripeEvent(JSON.parse(Buffer.concat(parts).toString()));
    if (event && !(silenced && event.kind.startsWith(silenced))) await storeBillingEvent({ database, clock }, event);
    response.writeHead(200).end("{}");
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const emulator = await startStripeEmulator({
    port: 0,
    clock: { ...systemClock, now: () => START },
    webhooks: [{ url, secret: "whsec_drill" }],
    settings: { webhookRetryMs: [20, 50] },
  });
  const { host, port: number } = emulator;
  const stripe = new Stripe("sk_test_emulated", { host, port: number, protocol: "http", telemetry: false });
  const port = stripeBilling({ secretKey: "sk_test_emulated", baseUrl: emulator.url });
  const control = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${emulator.url}/_emulator${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  await applyCatalogSync(port, (await planCatalogSync(port)).steps, () => {});
  return {
    url: emulator.url,
    stripe,
    port,
    clock,
    control,
    /** What happens on the way happens, and is told. */
    async moveTo(time: number) {
      const skipSeconds = Math.round((time - now) / 1000);
      if (skipSeconds > 0) await control("POST", "/clock", { skipSeconds });
      now = time;
    },
    /** What it causes happens, and events of those kinds never arrive. */
    async untold<T>(kinds: string, cause: () => Promise<T>): Promise<T> {
      await control("POST", "/deliveries/settle", { timeoutMs: 30_000 });
      silenced = kinds;
      const done = await cause();
      await control("POST", "/deliveries/settle", { timeoutMs: 30_000 });
      silenced = undefined;
      return done;
    },
    settle: () => control("POST", "/deliveries/settle", { timeoutMs: 30_000 }),
    async close() {
      await emulator.close();
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    },
  };
}

export type YearStripe = Awaited<ReturnType<typeof openYearStripe>>;
