import "server-only";
import { caldavCalendar } from "@/lib/adapters/caldav";
import { calendarFeed } from "@/lib/adapters/calendar-feed";
import { googleCalendar } from "@/lib/adapters/google-calendar";
import { readBusy } from "@/lib/adapters/ics";
import type { AccountRef, CalendarSecret, CalendarVendors, OAuthCalendars } from "@/lib/calendars/ports";
import type { App } from "./app";

type OAuthRef = Pick<AccountRef, "vendor" | "mode">;

/** Each vendor as this server is configured. */
export function calendarVendorsFor(app: App): CalendarVendors {
  return {
    open: ({ secret, ...account }, access) =>
      secret.kind === "oauth" ? oauthCalendarsFor(app, account)?.account(access) : openBySecret(app, secret),
    oauth: (account) => oauthCalendarsFor(app, account)?.oauth,
    pushAddress: (vendor) =>
      app.env.appUrl.startsWith("https:") ? `${app.env.appUrl}/api/calendars/${vendor}/push` : undefined,
  };
}

/** An account that is opened with a password, or an address that is one. */
export function openBySecret(app: App, secret: Exclude<CalendarSecret, { kind: "oauth" }>) {
  const settings = { read: readBusy, allowOrigins: app.env.calendars.privateOrigins };
  return secret.kind === "feed"
    ? calendarFeed({ url: secret.url, ...settings })
    : caldavCalendar({ url: secret.url, username: secret.username, password: secret.password, ...settings });
}

/** The emulator lets any client in. */
const EMULATED_CLIENT = { clientId: "caly", clientSecret: "emulated" };

/** undefined for a vendor without OAuth, one whose client is not configured, or an emulator that does not run. */
export function oauthCalendarsFor(app: App, { vendor, mode }: OAuthRef): OAuthCalendars | undefined {
  if (vendor !== "google") return undefined;
  const { client, emulatorUrl } = app.env.calendars[vendor];
  if (mode === "live") return client && googleCalendar(client);
  return emulatorUrl ? googleCalendar({ ...EMULATED_CLIENT, baseUrl: emulatorUrl }) : undefined;
}
