import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { connectAccount, sayRefusal } from "@/lib/calendars";
import type { CalendarRefusal, CalendarSecret } from "@/lib/calendars/ports";
import {
  type ConnectCaldavInput,
  type ConnectFeedInput,
  connectCaldavInput,
  connectFeedInput,
} from "@/lib/calendars/schemas";
import { authorise } from "@/lib/organizations";
import type { Context } from "@/lib/platform/context";
import { randomToken, safeEqual, seal, unseal } from "@/lib/platform/crypto";
import { invalid } from "@/lib/platform/errors";
import { newId } from "@/lib/platform/ids";
import { parse } from "@/lib/platform/parse";
import { ok, type Result, refuse } from "@/lib/platform/result";
import { getStaff } from "@/lib/scheduling";
import type { App } from "./app";
import { oauthCalendarsFor, openBySecret } from "./calendar-vendors";

export const oauthVendors = ["google", "microsoft"] as const;
export type OAuthVendor = (typeof oauthVendors)[number];

/** Holds what the page after consent needs; only this browser has it, sealed. */
export const CONNECT_COOKIE = "caly_calendar";
const COOKIE_MINUTES = 15;
const SEALED_FOR = "calendar-connect";

const pendingShape = z.object({
  vendor: z.enum(oauthVendors),
  mode: z.enum(["live", "emulated"]),
  slug: z.string(),
  staffId: z.string(),
  state: z.string(),
  verifier: z.string(),
  expiresAtMs: z.number(),
});
export type PendingConnect = z.output<typeof pendingShape>;

/** How a vendor can be connected here: for real, at the emulator, or not at all until its client is configured. */
export function connectMode({ env }: App, vendor: OAuthVendor): "live" | "emulated" | undefined {
  const { client, emulatorUrl } = env.calendars[vendor];
  return client ? "live" : emulatorUrl ? "emulated" : undefined;
}

const redirectUriOf = ({ env }: App, vendor: OAuthVendor) => `${env.appUrl}/api/calendars/${vendor}/callback`;

/** Where to send the browser, and the cookie that recognises it when it comes back. Throws `not_found` for an unknown person. */
export async function beginConnect(
  app: App,
  ctx: Context,
  input: { vendor: OAuthVendor; slug: string; staffId: string },
): Promise<Result<{ url: string; cookie: string; maxAgeSeconds: number }, "not_configured">> {
  authorise(ctx, "connections.manage");
  const mode = connectMode(app, input.vendor);
  const oauth = mode && oauthCalendarsFor(app, { vendor: input.vendor, mode })?.oauth;
  if (!mode || !oauth) return refuse("not_configured");
  const person = await getStaff(ctx, input.staffId);
  const pending: PendingConnect = {
    ...input,
    mode,
    state: randomToken(24),
    verifier: randomToken(48),
    expiresAtMs: app.clock.now().getTime() + COOKIE_MINUTES * 60_000,
  };
  const url = oauth.consentUrl({
    state: pending.state,
    challenge: createHash("sha256").update(pending.verifier).digest("base64url"),
    redirectUri: redirectUriOf(app, input.vendor),
    ...(person.email ? { loginHint: person.email } : {}),
  });
  const cookie = seal(app.keys.secrets, JSON.stringify(pending), SEALED_FOR);
  return ok({ url, cookie, maxAgeSeconds: COOKIE_MINUTES * 60 });
}

/** What a browser that comes back had begun; undefined where it is another browser, another vendor, too late, or made up. */
export function pendingConnect(
  app: App,
  vendor: string,
  cookie: string | undefined,
  state: string | null,
): PendingConnect | undefined {
  try {
    const pending = pendingShape.parse(JSON.parse(unseal(app.keys.secrets, cookie ?? "", SEALED_FOR)));
    const isCurrent = pending.expiresAtMs > app.clock.now().getTime();
    return isCurrent && pending.vendor === vendor && safeEqual(pending.state, state ?? "") ? pending : undefined;
  } catch {
    return undefined;
  }
}

export type ConnectRefusal = "not_configured" | "not_given" | "not_answered" | "no_calendars";

/** The second half, after consent: trades the code, lists the calendars, keeps the account. `not_given` = no or not enough access. */
export async function finishConnect(
  app: App,
  ctx: Context,
  pending: PendingConnect,
  code: string,
): Promise<Result<string, ConnectRefusal>> {
  const calendars = oauthCalendarsFor(app, pending);
  if (!calendars) return refuse("not_configured");
  const { vendor, mode, staffId, verifier } = pending;
  const exchanged = await calendars.oauth.exchange({ code, verifier, redirectUri: redirectUriOf(app, vendor) });
  if (!exchanged.ok) return notConnected(ctx, exchanged);
  const { accessToken, refreshToken, expiresInSeconds, label } = exchanged.value;
  if (!refreshToken) return refuse("not_given");
  const listed = await calendars.account(async () => ok(accessToken)).listCalendars();
  if (!listed.ok) return notConnected(ctx, listed);
  if (listed.value.length === 0) return refuse("no_calendars");
  const expiresAtMs = app.clock.now().getTime() + expiresInSeconds * 1000;
  const secret: CalendarSecret = { kind: "oauth", refreshToken, accessToken, expiresAtMs };
  return ok(
    await connectAccount(ctx, {
      id: newId("calendarAccount"),
      vendor,
      mode,
      staffId,
      label,
      secret,
      calendars: listed.value,
    }),
  );
}

function notConnected(ctx: Context, refusal: CalendarRefusal) {
  ctx.log.warn({ reason: refusal.reason, what: sayRefusal(refusal) }, "calendar not connected");
  return refuse(refusal.reason === "revoked" ? "not_given" : "not_answered");
}

/** Connects a CalDAV account after trying it; `invalid_input` names the field that is wrong, as far as the server tells. */
export async function connectCaldav(app: App, ctx: Context, input: ConnectCaldavInput): Promise<string> {
  authorise(ctx, "connections.manage");
  const { staffId, url, username, password } = parse(connectCaldavInput, input);
  if (app.env.mode === "deployed") requireHttps(app, url);
  const secret: CalendarSecret = { kind: "password", url, username, password };
  const listed = await openBySecret(app, secret).listCalendars();
  if (!listed.ok && listed.reason === "revoked")
    throw invalid([{ path: "password", message: "The server does not accept this user name and password." }]);
  if (!listed.ok) throw invalid([{ path: "url", message: sayRefusal(listed) }]);
  if (listed.value.length === 0) throw invalid([{ path: "url", message: "This account has no calendars." }]);
  const label = `${username} at ${new URL(url).hostname}`;
  const id = newId("calendarAccount");
  return connectAccount(ctx, { id, vendor: "caldav", mode: "live", staffId, label, secret, calendars: listed.value });
}

/** Subscribes to a calendar file after reading it once. The address is a secret: what is shown of it is its host. */
export async function connectFeed(app: App, ctx: Context, input: ConnectFeedInput): Promise<string> {
  authorise(ctx, "connections.manage");
  const { staffId, url, name } = parse(connectFeedInput, input);
  const secret: CalendarSecret = { kind: "feed", url };
  const listed = await openBySecret(app, secret).listCalendars();
  if (!listed.ok) throw invalid([{ path: "url", message: sayRefusal(listed) }]);
  const calendars = listed.value.map((each) => ({ ...each, name: name || each.name }));
  const label = name || new URL(url).hostname;
  const id = newId("calendarAccount");
  return connectAccount(ctx, { id, vendor: "feed", mode: "live", staffId, label, secret, calendars });
}

/** A password does not travel in the clear, except to a server the operator has named as inside their network. */
function requireHttps(app: App, url: string): void {
  const { protocol, origin } = new URL(url);
  if (protocol === "https:" || app.env.calendars.privateOrigins.includes(origin)) return;
  throw invalid([{ path: "url", message: "Begin with https://: the password must not travel in the clear." }]);
}
