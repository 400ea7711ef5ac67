import { z } from "zod";
import { codeFlow, type Outcome } from "@/lib/adapters/oauth-calendars";
import type { CalendarOAuth, OAuthCalendarsConfig } from "@/lib/calendars/ports";
import { ok } from "@/lib/platform/result";
import type { Endpoints } from "./endpoints";
import { exchange, read, refusalOf } from "./http";

/** To come back without the person, to say whose account it is, and the calendars themselves. */
const SCOPES = ["offline_access", "User.Read", "Calendars.ReadWrite"];
/** Answers name scopes with or without the resource they belong to, and leave `offline_access` out. */
const NEEDED = /(^|\/)Calendars\.ReadWrite$/i;

const personShape = z.object({ mail: z.string().nullish(), userPrincipalName: z.string() });

/** Microsoft's identity platform: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow. */
export const oauth = (config: OAuthCalendarsConfig, endpoints: Endpoints): CalendarOAuth => ({
  ...codeFlow({
    ...{ name: "Microsoft", client: config, endpoints, exchange, read, scopes: SCOPES },
    consentQuery: { response_mode: "query", prompt: "select_account" },
    tokenForm: { scope: SCOPES.join(" ") },
    isEnough: (granted) => granted.some((each) => NEEDED.test(each)),
    // The permission was withdrawn, or the person's organisation asks for more.
    revokedBy: new Set(["invalid_grant", "interaction_required", "consent_required", "login_required"]),
    labelOf: (accessToken) => labelOf(endpoints, accessToken),
  }),
  // There is no endpoint to give one permission back; people do that at https://myapps.microsoft.com.
  revoke: async () => ok(undefined),
});

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
