import { randomBytes } from "node:crypto";
import {
  type CalendarEmulator,
  type CalendarEmulatorOptions,
  startCalendarEmulator,
  type Vendor,
} from "../calendar/server";
import { BodyTooLarge } from "../http/router";
import { calendarRoutes } from "./calendar-routes";
import { openChannels } from "./channels";
import { errorReply, GoogleError, notFound, rateLimited, unauthorized } from "./errors";
import { eventRoutes } from "./event-routes";

const base32hex = "0123456789abcdefghijklmnopqrstuv";

/** Serves the part of Google's sign-in and Calendar API v3 that Caly uses, on 127.0.0.1. */
export function startGoogleCalendarEmulator(options: CalendarEmulatorOptions): Promise<CalendarEmulator> {
  const vendor: Vendor = {
    name: "google",
    oauth: {
      title: "Google (emulated)",
      authorizePath: "/o/oauth2/v2/auth",
      tokenPath: "/token",
      revokePath: "/revoke",
      isOffline: (query) => query.get("access_type") === "offline",
      tokenExtras: {},
      tokenError: (error, error_description) => ({
        status: error === "invalid_client" ? 401 : 400,
        body: { error, error_description },
      }),
    },
    // A refresh token of Google's stays the same.
    rotatesRefreshTokens: false,
    newEventId: () => [...randomBytes(26)].map((byte) => base32hex[byte % 32]).join(""),
    primaryCalendarId: (email) => email,
    unauthorized,
    rateLimited,
    notFound: () => errorReply(notFound()),
    thrown(error) {
      if (error instanceof GoogleError) return errorReply(error);
      if (error instanceof BodyTooLarge) return errorReply(new GoogleError(413, "uploadTooLarge", error.message));
      return undefined;
    },
    apiPath: "/calendar/v3/",
    routes(server, holderOf) {
      const channels = openChannels(server, options.dataDir);
      const routes = [...calendarRoutes(server, channels, holderOf), ...eventRoutes(server, holderOf)];
      return { routes, channels: channels.list, flush: channels.flush };
    },
  };
  return startCalendarEmulator(vendor, options);
}
