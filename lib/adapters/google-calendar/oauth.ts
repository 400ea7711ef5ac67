import { z } from "zod";
import { codeFlow, type Outcome, postForm } from "@/lib/adapters/oauth-calendars";
import type { CalendarOAuth, OAuthCalendarsConfig } from "@/lib/calendars/ports";
import { ok } from "@/lib/platform/result";
import type { Endpoints } from "./endpoints";
import { exchange, read, refusalOf } from "./http";

/** Events to read and write, and the list of calendars to choose from. */
const SCOPES = [
  "https://www.googleapis.com/auth/calendar.events",
  "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
];

const primaryShape = z.object({ id: z.string() });

/** Google's OAuth 2.0 for web servers: https://developers.google.com/identity/protocols/oauth2/web-server. */
export function oauth(config: OAuthCalendarsConfig, endpoints: Endpoints): CalendarOAuth {
  return {
    ...codeFlow({
      ...{ name: "Google", client: config, endpoints, exchange, read, scopes: SCOPES, tokenForm: {} },
      // Without `consent` a second time gives no refresh token.
      consentQuery: { access_type: "offline", prompt: "consent" },
      isEnough: (granted) => SCOPES.every((each) => granted.includes(each)),
      revokedBy: new Set(["invalid_grant"]),
      labelOf: (accessToken) => labelOf(endpoints, accessToken),
    }),
    async revoke(refreshToken) {
      const reply = await postForm({ exchange, endpoints }, endpoints.revoke, { token: refreshToken });
      if (!reply.ok) return reply;
      // 400: it is not valid any more.
      return reply.value.status < 300 || reply.value.status === 400 ? ok(undefined) : refusalOf(reply.value, "revoke");
    },
  };
}

/** The primary calendar is named by its owner's address. */
async function labelOf(endpoints: Endpoints, accessToken: string): Promise<Outcome<string>> {
  const reply = await exchange(`${endpoints.api}/users/me/calendarList/primary`, {
    headers: { accept: "application/json" },
    secretHeaders: { authorization: `Bearer ${accessToken}` },
    allowOrigins: endpoints.allowOrigins,
  });
  if (!reply.ok) return reply;
  if (reply.value.status >= 300) return refusalOf(reply.value, "calendarList.get");
  const primary = read(primaryShape, reply.value);
  return primary.ok ? ok(primary.value.id) : primary;
}
