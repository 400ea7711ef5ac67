import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type CalendarEmulator,
  type CalendarEmulatorOptions,
  startCalendarEmulator,
  type Vendor,
} from "../calendar/server";
import { BodyTooLarge } from "../http/router";
import { errorReply, GraphError, itemNotFound, rateLimited, unauthorized } from "./errors";
import { eventRoutes, readObject } from "./event-routes";
import { mailboxRoutes } from "./mailbox-routes";
import { openSubscriptions } from "./subscriptions";

const lifecycleShape = z.strictObject({
  lifecycleEvent: z.enum(["missed", "reauthorizationRequired", "subscriptionRemoved"]),
});

/** Serves the part of Microsoft's sign-in and of Graph's calendars that Caly uses, on 127.0.0.1. */
export function startMicrosoftCalendarEmulator(options: CalendarEmulatorOptions): Promise<CalendarEmulator> {
  const vendor: Vendor = {
    name: "microsoft",
    oauth: {
      title: "Microsoft (emulated)",
      authorizePath: "/common/oauth2/v2.0/authorize",
      tokenPath: "/common/oauth2/v2.0/token",
      isOffline: (query) => (query.get("scope") ?? "").split(" ").includes("offline_access"),
      tokenExtras: { ext_expires_in: 3599 },
      tokenError: (error, description) => ({
        status: error === "invalid_client" ? 401 : 400,
        body: {
          error,
          error_description: `AADSTS70000: ${description}`,
          error_codes: [70000],
          timestamp: new Date().toISOString(),
          trace_id: randomUUID(),
          correlation_id: randomUUID(),
        },
      }),
    },
    // A refresh gives another refresh token; the former stays good for a while (…/v2-oauth2-auth-code-flow).
    rotatesRefreshTokens: true,
    newEventId: () => `AAMkA${randomBytes(45).toString("base64url").replaceAll("_", "-")}`,
    unauthorized,
    rateLimited,
    notFound: (request) => errorReply(new GraphError(404, "ResourceNotFound", `Resource not found: ${request.path}`)),
    thrown(error) {
      if (error instanceof GraphError) return errorReply(error);
      if (error instanceof BodyTooLarge) return errorReply(new GraphError(413, "RequestEntityTooLarge", error.message));
      return undefined;
    },
    apiPath: "/v1.0/",
    routes(server, holderOf) {
      const subscriptions = openSubscriptions(server, options.dataDir, (accountId, resource) => {
        const calendarId = /^\/?me\/calendars\/([^/]+)\/events$/.exec(resource)?.[1];
        const { calendars = [] } = server.store.account(accountId) ?? {};
        const calendar = calendars.find(
          (each) => each.id === calendarId || (resource.endsWith("me/events") && each.isPrimary),
        );
        if (!calendar) throw itemNotFound();
        return calendar.id;
      });
      return {
        routes: [...mailboxRoutes(server, subscriptions, holderOf), ...eventRoutes(server, holderOf)],
        control: [
          {
            method: "POST",
            pattern: "/_emulator/channels/:id/lifecycle",
            async handle(request) {
              const { lifecycleEvent } = lifecycleShape.parse(await readObject(request));
              subscriptions.tellLifecycle(request.params.id ?? "", lifecycleEvent);
              return { status: 200, body: {} };
            },
          },
        ],
        channels: subscriptions.list,
        flush: subscriptions.flush,
      };
    },
  };
  return startCalendarEmulator(vendor, options);
}
