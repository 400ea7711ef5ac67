import "server-only";
import { readClerkWebhook } from "@/lib/adapters/clerk/webhook";
import { applyIdentityChange } from "@/lib/identity";
import { notFound } from "@/lib/platform/errors";
import { type RouteInfo, readRawBody } from "@/lib/platform/http";
import { app } from "./app";
import { foundingOf } from "./founding";

/** Takes a delivery of Clerk's; 404 while no signing secret is configured. */
export async function takeClerkWebhook(request: Request, info: RouteInfo<Record<string, never>>): Promise<Response> {
  const theApp = await app();
  const secret = theApp.env.clerk?.webhookSecret;
  if (!secret) throw notFound("This address");
  const delivery = await readClerkWebhook(await readRawBody(request), request.headers, secret);
  const outcome = await applyIdentityChange({ ...foundingOf(theApp), log: info.log }, delivery);
  theApp.jobs.poke();
  info.log.info({ type: delivery.type, outcome }, "identity delivery");
  return Response.json({ ok: true });
}
