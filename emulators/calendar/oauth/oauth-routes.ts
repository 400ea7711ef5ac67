import type { HttpReply, HttpRequest, Route } from "../../http/router";
import type { CalendarStore } from "../store";
import { consentPage, plainPage } from "./consent-page";
import { accessTokenSeconds, type Grants } from "./grants";

export interface OAuthDialect {
  /** Heading of the page where consent is given. */
  title: string;
  authorizePath: string;
  tokenPath: string;
  revokePath?: string;
  /** Whether the request asks for a refresh token. */
  isOffline(query: URLSearchParams): boolean;
  /** What stands in the answers beside the usual. */
  tokenExtras: object;
  /** An error of the token endpoint, in the vendor's form. */
  tokenError(
    error: "invalid_grant" | "invalid_request" | "invalid_client" | "unsupported_grant_type",
    description: string,
  ): HttpReply;
}

/** The authorization code flow with PKCE (RFC 6749, RFC 7636). Any client is known, with any secret that is not empty. */
export function oauthRoutes(dialect: OAuthDialect, store: CalendarStore, grants: Grants): Route[] {
  const routes: Route[] = [
    {
      method: "GET",
      pattern: dialect.authorizePath,
      handle({ query }) {
        const problem = problemOf(query);
        return problem ? plainPage(400, problem) : consentPage(dialect.title, store.accounts(), query);
      },
    },
    { method: "POST", pattern: dialect.authorizePath, handle: decide },
    { method: "POST", pattern: dialect.tokenPath, handle: token },
  ];
  if (dialect.revokePath) routes.push({ method: "POST", pattern: dialect.revokePath, handle: revoke });
  return routes;

  async function decide(request: HttpRequest): Promise<HttpReply> {
    const form = await readForm(request);
    const problem = problemOf(form);
    if (problem) return plainPage(400, problem);
    const target = new URL(form.get("redirect_uri") ?? "");
    const account = store.account(form.get("_account") ?? "");
    const answer = account
      ? {
          code: grants.giveCode({
            clientId: form.get("client_id") ?? "",
            redirectUri: form.get("redirect_uri") ?? "",
            challenge: form.get("code_challenge") ?? undefined,
            accountId: account.id,
            scope: form.get("scope") ?? "",
            isOffline: dialect.isOffline(form),
          }),
        }
      : { error: "access_denied" };
    for (const [name, value] of Object.entries({ ...answer, state: form.get("state") ?? "" }))
      target.searchParams.set(name, value);
    return { status: 303, headers: { location: target.href, "referrer-policy": "no-referrer" } };
  }

  async function token(request: HttpRequest): Promise<HttpReply> {
    const form = await readForm(request);
    const field = (name: string) => form.get(name) ?? "";
    if (!field("client_id") || !field("client_secret"))
      return dialect.tokenError("invalid_client", "The client is not known.");
    switch (field("grant_type")) {
      case "authorization_code":
        return tokens(
          grants.redeem({
            code: field("code"),
            clientId: field("client_id"),
            redirectUri: field("redirect_uri"),
            verifier: field("code_verifier"),
          }),
          "The code is not good.",
        );
      case "refresh_token":
        return tokens(
          grants.refresh({ refreshToken: field("refresh_token"), clientId: field("client_id") }),
          "Token has been expired or revoked.",
        );
      default:
        return dialect.tokenError("unsupported_grant_type", "Invalid grant_type");
    }
  }

  function tokens(answer: ReturnType<Grants["refresh"]>, whyNot: string): HttpReply {
    if (!answer) return dialect.tokenError("invalid_grant", whyNot);
    const { accessToken, refreshToken, scope } = answer;
    const body = {
      access_token: accessToken,
      expires_in: accessTokenSeconds,
      ...(refreshToken ? { refresh_token: refreshToken } : {}),
      scope,
      token_type: "Bearer",
      ...dialect.tokenExtras,
    };
    return { status: 200, headers: { "cache-control": "no-store" }, body };
  }

  async function revoke(request: HttpRequest): Promise<HttpReply> {
    const given = request.query.get("token") ?? (await readForm(request)).get("token") ?? "";
    if (grants.revokeToken(given)) return { status: 200, body: {} };
    return { status: 400, body: { error: "invalid_token", error_description: "Token expired or revoked" } };
  }
}

function problemOf(query: URLSearchParams): string | undefined {
  if (!query.get("client_id")) return "client_id is missing";
  if (query.get("response_type") !== "code") return "response_type must be code";
  if (!URL.canParse(query.get("redirect_uri") ?? "")) return "redirect_uri must be an address";
  if (query.has("code_challenge") && query.get("code_challenge_method") !== "S256")
    return "code_challenge_method must be S256";
  return undefined;
}

const readForm = async (request: HttpRequest): Promise<URLSearchParams> =>
  new URLSearchParams((await request.body()).toString("utf8"));
