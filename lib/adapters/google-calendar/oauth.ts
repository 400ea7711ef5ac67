import { z } from "zod";
import type { CalendarOAuth, OAuthCalendarsConfig, OAuthTokens } from "@/lib/calendars/ports";
import { ok, refuse } from "@/lib/platform/result";
import type { Endpoints } from "./endpoints";
import { exchange, type Outcome, type Reply, read, refusalOf } from "./http";

/** Events to read and write, and the list of calendars to choose from. */
const SCOPES = [
  "https://www.googleapis.com/auth/calendar.events",
  "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
];

const tokensShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});
const errorShape = z.object({ error: z.string() });
const primaryShape = z.object({ id: z.string() });

/** Google's OAuth 2.0 for web servers: https://developers.google.com/identity/protocols/oauth2/web-server. */
export function oauth(config: OAuthCalendarsConfig, endpoints: Endpoints): CalendarOAuth {
  const { clientId, clientSecret } = config;
  const post = (url: string, form: Record<string, string>): Promise<Outcome<Reply>> =>
    exchange(url, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(form).toString(),
      allowOrigins: endpoints.allowOrigins,
    });

  async function tokens(form: Record<string, string>): Promise<Outcome<OAuthTokens & { scope: string | undefined }>> {
    const client = { client_id: clientId, client_secret: clientSecret };
    const reply = await post(endpoints.token, { ...form, ...client });
    if (!reply.ok) return reply;
    if (reply.value.status >= 300) return refused(reply.value);
    const given = read(tokensShape, reply.value);
    if (!given.ok) return given;
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresInSeconds, scope } = given.value;
    return ok({ accessToken, refreshToken, expiresInSeconds, scope });
  }

  return {
    consentUrl({ state, challenge, redirectUri, loginHint }) {
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: SCOPES.join(" "),
        access_type: "offline",
        // Without it a second consent gives no refresh token.
        prompt: "consent",
        state,
        code_challenge: challenge,
        code_challenge_method: "S256",
        ...(loginHint ? { login_hint: loginHint } : {}),
      });
      return `${endpoints.consent}?${query}`;
    },
    async exchange({ code, verifier, redirectUri }) {
      const given = await tokens({
        grant_type: "authorization_code",
        code,
        code_verifier: verifier,
        redirect_uri: redirectUri,
      });
      if (!given.ok) return given;
      const { scope, ...rest } = given.value;
      // People may untick single permissions on the consent page.
      const granted = scope?.split(" ");
      if (granted && !SCOPES.every((each) => granted.includes(each))) return refuse("revoked");
      const label = await labelOf(endpoints, rest.accessToken);
      return label.ok ? ok({ ...rest, label: label.value }) : label;
    },
    async refresh(refreshToken) {
      const given = await tokens({ grant_type: "refresh_token", refresh_token: refreshToken });
      if (!given.ok) return given;
      const { scope: _, ...rest } = given.value;
      return ok(rest);
    },
    async revoke(refreshToken) {
      const reply = await post(endpoints.revoke, { token: refreshToken });
      if (!reply.ok) return reply;
      // 400: it is not valid any more.
      return reply.value.status < 300 || reply.value.status === 400 ? ok(undefined) : refusalOf(reply.value, "revoke");
    },
  };
}

function refused(reply: Reply): Outcome<never> {
  const error = errorShape.safeParse(reply.body).data?.error;
  if (error === "invalid_grant") return refuse("revoked");
  if (reply.status === 429) return refusalOf(reply, "token");
  const word = error !== undefined && /^\w{1,60}$/.test(error) ? error : "";
  return refuse("rejected", { what: `Google refused a token: ${reply.status} ${word}`.trim() });
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
