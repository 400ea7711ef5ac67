import { z } from "zod";
import type { HttpReply, HttpRequest, Route } from "../../http/router";
import { completeSession } from "../checkout/complete";
import { StripeError } from "../errors";
import type { Deliverer } from "../events/deliver";
import { addEndpoint } from "../events/event-handlers";
import { faultsShape } from "../faults";
import { dispute } from "../payments/charge";
import { closeDispute } from "../payments/refunds";
import { settingsShape } from "../settings";
import type { Books } from "../state/books";
import { flushMeterErrors } from "../usage/meter-errors";
import type { World } from "../world";

const cardShape = z.strictObject({
  number: z.string(),
  exp_month: z.number().int().default(12),
  exp_year: z.number().int().default(2034),
  cvc: z.string().default("123"),
});

const endpointShape = z.strictObject({
  url: z.url(),
  secret: z.string().optional(),
  isThin: z.boolean().default(false),
  events: z.array(z.string()).default(["*"]),
});

/** The emulator's own endpoints, under `/_emulator`. */
export function controlRoutes(world: World, deliverer: Deliverer, clockMoved: () => void): Route[] {
  const route = (
    method: string,
    path: string,
    run: (request: HttpRequest, books: Books) => object | Promise<object>,
  ): Route => ({
    method,
    pattern: `/_emulator${path}`,
    async handle(request): Promise<HttpReply> {
      try {
        const body = await run(request, world.books(request.query.get("account") ?? undefined));
        world.afterRequest();
        return { status: 200, body };
      } catch (error) {
        if (error instanceof ControlError) return { status: error.status, body: { error: error.message } };
        if (error instanceof StripeError)
          return { status: error.status, body: { error: error.message, ...error.detail } };
        throw error;
      }
    },
  });

  return [
    route("GET", "/health", () => ({ ok: true })),
    route("GET", "/state", (_, books) => ({
      now: Math.floor(world.clock.now() / 1000),
      customers: books.customers.size(),
      subscriptions: books.subscriptions.size(),
      invoices: books.invoices.size(),
      meterEvents: books.usage.size(),
      events: books.events.size(),
      waitingWebhooks: deliverer.waiting(),
    })),
    route("GET", "/settings", () => world.settings),
    route("POST", "/settings", async (request) => {
      const given = await read(request, settingsShape.partial());
      return Object.assign(world.settings, given);
    }),
    /** Moves the emulator's own time forward; what is not on a test clock happens on the way, in order. */
    route("POST", "/clock", async (request) => {
      const { skipSeconds } = await read(
        request,
        z.strictObject({
          skipSeconds: z
            .number()
            .int()
            .min(1)
            .max(400 * 86_400),
        }),
      );
      world.skip(skipSeconds);
      clockMoved();
      return { now: Math.floor(world.clock.now() / 1000) };
    }),
    route("GET", "/faults", () => world.faults.state()),
    route("POST", "/faults", async (request) => {
      world.faults.set(await read(request, faultsShape));
      return world.faults.state();
    }),
    route("DELETE", "/faults", () => {
      world.faults.clear();
      return world.faults.state();
    }),
    route("GET", "/webhooks", (_, books) =>
      books.webhookEndpoints.all().map(({ id, url, isThin, status }) => ({ id, url, isThin: isThin ?? false, status })),
    ),
    /** Adds an endpoint; the same address with the same kind is replaced. `secret` may hold two, separated by a space. */
    route("POST", "/webhooks", async (request, books) => {
      const order = await read(request, endpointShape);
      for (const each of [...books.webhookEndpoints.all()])
        if (each.url === order.url && Boolean(each.isThin) === order.isThin) books.webhookEndpoints.delete(each.id);
      const { id, signingSecret } = addEndpoint(books, Math.floor(world.clock.now() / 1000), order);
      return { id, secret: signingSecret };
    }),
    /** These and no others. */
    route("PUT", "/webhooks", async (request, books) => {
      const { endpoints } = await read(request, z.strictObject({ endpoints: z.array(endpointShape) }));
      for (const { id } of [...books.webhookEndpoints.all()]) books.webhookEndpoints.delete(id);
      const now = Math.floor(world.clock.now() / 1000);
      return endpoints.map((order) => {
        const { id, signingSecret } = addEndpoint(books, now, order);
        return { id, secret: signingSecret };
      });
    }),
    route("GET", "/deliveries", () => deliverer.log()),
    route("POST", "/deliveries/settle", async (request) => {
      const { timeoutMs } = await read(
        request,
        z.strictObject({ timeoutMs: z.number().int().min(0).max(600_000).default(10_000) }),
      );
      flushMeterErrors(world);
      return { isSettled: await deliverer.settled(timeoutMs) };
    }),
    /** Sends an event once more, or several times. */
    route("POST", "/events/:id/resend", async (request, books) => {
      const { copies } = await read(request, z.strictObject({ copies: z.number().int().min(1).max(100).default(1) }));
      const event = books.events.get(request.params.id ?? "");
      if (!event) throw new ControlError(404, "no such event");
      return { sent: deliverer.resend(books, event, copies) };
    }),
    /** As if somebody had filled in the hosted page. */
    route("POST", "/checkout/:id/complete", async (request, books) => {
      const shape = z.strictObject({
        email: z.string().optional(),
        name: z.string().optional(),
        card: cardShape.optional(),
        isAuthenticated: z.boolean().optional(),
      });
      const session = books.sessions.get(request.params.id ?? "");
      if (!session) throw new ControlError(404, "no such session");
      return completeSession(world, books, session, await read(request, shape));
    }),
    route("POST", "/charges/:id/dispute", async (request, books) => {
      const charge = books.charges.get(request.params.id ?? "");
      if (!charge) throw new ControlError(404, "no such charge");
      const { reason } = await read(request, z.strictObject({ reason: z.string().default("fraudulent") }));
      return dispute(world, books, charge, reason);
    }),
    route("POST", "/disputes/:id/close", async (request, books) => {
      const found = books.disputes.get(request.params.id ?? "");
      if (!found) throw new ControlError(404, "no such dispute");
      const { status } = await read(request, z.strictObject({ status: z.enum(["won", "lost"]) }));
      return closeDispute(world, books, found, status);
    }),
    /** Takes a meter event away as if it had been lost on the way: for what reconciliation must find. */
    route("POST", "/meter-events/:identifier/lose", (request, books) => {
      const found = books.usage.all("identifier", request.params.identifier).at(-1);
      if (!found) throw new ControlError(404, "no such meter event");
      books.usage.delete(found.id);
      return { lost: found.identifier };
    }),
  ];
}

class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function read<S extends z.ZodType>(request: HttpRequest, shape: S): Promise<z.output<S>> {
  const text = (await request.body()).toString("utf8");
  let value: unknown;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    throw new ControlError(400, "the body is not JSON");
  }
  const parsed = shape.safeParse(value);
  if (!parsed.success) throw new ControlError(400, z.prettifyError(parsed.error));
  return parsed.data;
}
