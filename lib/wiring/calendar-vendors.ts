import "server-only";
import { caldavCalendar } from "@/lib/adapters/caldav";
import { calendarFeed } from "@/lib/adapters/calendar-feed";
import { googleCalendar } from "@/lib/adapters/google-calendar";
import { readBusy } from "@/lib/adapters/ics";
import { microsoftCalendar } from "@/lib/adapters/microsoft-calendar";
import type {
  AccountRef,
  CalendarSecret,
  CalendarVendor,
  CalendarVendors,
  OAuthCalendars,
} from "@/lib/calendars/ports";
import type { App } from "./app";

type OAuthRef = Pick<AccountRef, "vendor" | "mode">;

/** Each vendor as this server is configured. */
export function calendarVendorsFor(app: App): CalendarVendors {
  return {
    open: ({ secret, ...account }, access) =>
      secret.kind === "oauth" ? oauthCalendarsFor(app, account)?.account(access) : openBySecret(app, secret),
    oauth: (account) => oauthCalendarsFor(app, account)?.oauth,
    pushAddress: ({ vendor, mode }) => {
      // Vendors call addresses with a certificate alone; the emulator calls this machine.
      const isReachable = mode === "emulated" || app.env.appUrl.startsWith("https:");
      return isReachable && isOAuthVendor(vendor) ? `${app.env.appUrl}/api/webhooks/${vendor}-calendar` : undefined;
    },
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

const adapters = { google: googleCalendar, microsoft: microsoftCalendar };
const isOAuthVendor = (vendor: CalendarVendor): vendor is keyof typeof adapters => vendor in adapters;

/** undefined for a vendor without OAuth, one whose client is not configured, or an emulator that does not run. */
export function oauthCalendarsFor(app: App, { vendor, mode }: OAuthRef): OAuthCalendars | undefined {
  if (!isOAuthVendor(vendor)) return undefined;
  const { client, emulatorUrl } = app.env.calendars[vendor];
  if (mode === "live") return client && adapters[vendor](client);
  return emulatorUrl ? adapters[vendor]({ ...EMULATED_CLIENT, baseUrl: emulatorUrl }) : undefined;
}
