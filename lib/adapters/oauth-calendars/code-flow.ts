import { z } from "zod";
import type { CalendarOAuth, OAuthCalendarsConfig, OAuthTokens } from "@/lib/calendars/ports";
import { retryAfterSeconds } from "@/lib/platform/http/retry-after";
import { ok, refuse } from "@/lib/platform/result";
import type { exchangesWith, Outcome, Reply } from "./exchange";

export type Flow = ReturnType<typeof exchangesWith> & {
  /** What a person reads in a refusal. */
  name: string;
  client: Pick<OAuthCalendarsConfig, "clientId" | "clientSecret">;
  endpoints: { consent: string; token: string; allowOrigins: string[] };
  scopes: readonly string[];
  /** What the vendor wants besides on its page of consent, and with a code or a refresh token. */
  consentQuery: Record<string, string>;
  tokenForm: Record<string, string>;
  /** Whether what was given is enough; people may untick single permissions. Not asked where the vendor does not say. */
  isEnough(granted: readonly string[]): boolean;
  /** The words (RFC 6749 §5.2 and the vendor's own) by which a person has to consent again. */
  revokedBy: ReadonlySet<string>;
  labelOf(accessToken: string): Promise<Outcome<string>>;
};

const tokensShape = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});
const errorShape = z.object({ error: z.string() });

/** Posts a form of OAuth's. */
export const postForm = (
  { exchange, endpoints }: Pick<Flow, "exchange" | "endpoints">,
  url: string,
  form: Record<string, string>,
) =>
  exchange(url, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
    allowOrigins: endpoints.allowOrigins,
  });

/** Authorization code with PKCE (S256) and refresh tokens: what vendors have in common of it. */
export function codeFlow(flow: Flow): Omit<CalendarOAuth, "revoke"> {
  const { clientId: client_id, clientSecret: client_secret } = flow.client;

  async function tokens(form: Record<string, string>): Promise<Outcome<OAuthTokens & { scope: string | undefined }>> {
    const reply = await postForm(flow, flow.endpoints.token, { ...form, client_id, client_secret, ...flow.tokenForm });
    if (!reply.ok) return reply;
    if (reply.value.status >= 300) return refused(flow, reply.value);
    const given = flow.read(tokensShape, reply.value);
    if (!given.ok) return given;
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: expiresInSeconds, scope } = given.value;
    return ok({ accessToken, refreshToken, expiresInSeconds, scope });
  }

  return {
    consentUrl({ state, challenge, redirectUri, loginHint }) {
      const query = new URLSearchParams({
        client_id,
        redirect_uri: redirectUri,
        response_type: "code",
        scope: flow.scopes.join(" "),
        ...flow.consentQuery,
        state,
        code_challenge: challenge,
        code_challenge_method: "S256",
        ...(loginHint ? { login_hint: loginHint } : {}),
      });
      return `${flow.endpoints.consent}?${query}`;
    },
    async exchange({ code, verifier, redirectUri }) {
      const form = { grant_type: "authorization_code", code, code_verifier: verifier, redirect_uri: redirectUri };
      const given = await tokens(form);
      if (!given.ok) return given;
      const { scope, ...rest } = given.value;
      if (scope !== undefined && !flow.isEnough(scope.split(" "))) return refuse("revoked");
      const label = await flow.labelOf(rest.accessToken);
      return label.ok ? ok({ ...rest, label: label.value }) : label;
    },
    async refresh(refreshToken) {
      const given = await tokens({ grant_type: "refresh_token", refresh_token: refreshToken });
      if (!given.ok) return given;
      const { scope: _, ...rest } = given.value;
      return ok(rest);
    },
  };
}

function refused({ name, revokedBy }: Flow, { status, headers, body }: Reply): Outcome<never> {
  const error = errorShape.safeParse(body).data?.error;
  if (error !== undefined && revokedBy.has(error)) return refuse("revoked");
  if (status === 429) return refuse("rate_limited", { retryAfterSeconds: retryAfterSeconds(headers) });
  const word = error !== undefined && /^\w{1,60}$/.test(error) ? error : "";
  return refuse("rejected", { what: `${name} refused a token: ${status} ${word}`.trim() });
}
