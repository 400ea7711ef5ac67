import { z } from "zod";
import type { CalendarOAuth, OAuthCalendarsConfig, OAuthTokens } from "@/lib/calendars/ports";
import { ok, refuse } from "@/lib/platform/result";
import type { Endpoints } from "./endpoints";
import { exchange, type Outcome, type Reply, read, refusalOf } from "./http";

/** To come back without the person, to say whose account it is, and the calendars themselves. */
const SCOPES = ["offline_access", "User.Read", "Calendars.ReadWrite"];
/** Answers name scopes with or without the resource they belong to, and leave `offline_access` out. */
const NEEDED = /(^|\/)Calendars\.ReadWrite$/i;

const tokensShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});
const errorShape = z.object({ error: z.string() });
const personShape = z.object({ mail: z.string().nullish(), userPrincipalName: z.string() });

/** A person has to consent again: the permission was withdrawn, or their organisation asks for more. */
const REVOKED = new Set(["invalid_grant", "interaction_required", "consent_required", "login_required"]);

/** Microsoft's identity platform: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow. */
export function oauth(config: OAuthCalendarsConfig, endpoints: Endpoints): CalendarOAuth {
  async function tokens(form: Record<string, string>): Promise<Outcome<OAuthTokens & { scope: string | undefined }>> {
    const client = { client_id: config.clientId, client_secret: config.clientSecret, scope: SCOPES.join(" ") };
    const reply = await exchange(endpoints.token, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...form, ...client }).toString(),
      allowOrigins: endpoints.allowOrigins,
    });
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
        client_id: config.clientId,
        redirect_uri: redirectUri,
        response_type: "code",
        response_mode: "query",
        scope: SCOPES.join(" "),
        prompt: "select_account",
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
      if (scope !== undefined && !scope.split(" ").some((each) => NEEDED.test(each))) return refuse("revoked");
      const label = await labelOf(endpoints, rest.accessToken);
      return label.ok ? ok({ ...rest, label: label.value }) : label;
    },
    async refresh(refreshToken) {
      const given = await tokens({ grant_type: "refresh_token", refresh_token: refreshToken });
      if (!given.ok) return given;
      const { scope: _, ...rest } = given.value;
      return ok(rest);
    },
    // There is no endpoint to give one permission back; people do that at https://myapps.microsoft.com.
    revoke: async () => ok(undefined),
  };
}

function refused(reply: Reply): Outcome<never> {
  const error = errorShape.safeParse(reply.body).data?.error;
  if (error !== undefined && REVOKED.has(error)) return refuse("revoked");
  if (reply.status === 429) return refusalOf(reply, "token");
  const word = error !== undefined && /^\w{1,60}$/.test(error) ? error : "";
  return refuse("rejected", { what: `Microsoft refused a token: ${reply.status} ${word}`.trim() });
}

/** Personal accounts may have no mailbox address of their own; the name they sign in with is one. */
async function labelOf(endpoints: Endpoints, accessToken: string): Promise<Outcome<string>> {
  const reply = await exchange(`${endpoints.api}/me?$select=mail,userPrincipalName`, {
    headers: { accept: "application/json" },
    secretHeaders: { authorization: `Bearer ${accessToken}` },
    allowOrigins: endpoints.allowOrigins,
  });
  if (!reply.ok) return reply;
  if (reply.value.status >= 300) return refusalOf(reply.value, "me");
  const person = read(personShape, reply.value);
  return person.ok ? ok(person.value.mail || person.value.userPrincipalName) : person;
}
