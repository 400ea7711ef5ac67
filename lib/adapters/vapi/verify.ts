import { createHmac } from "node:crypto";
import type { WebhookAuth } from "@/lib/connections/schemas";
import { safeEqual } from "@/lib/platform/crypto";

export type WebhookSecrets = { current: string; previous?: { secret: string; expiresAt: Date } | undefined };

/**
 * Whether a webhook carries this connection's proof: the method it is configured for and no other, with the current secret or with one
 * that was rotated away and has not expired. Both secrets are always compared, so that the time taken tells nothing.
 * Vapi has no signature of its own; these are its three kinds of credential (https://docs.vapi.ai/server-url/server-authentication).
 */
export function verifyWebhook(
  auth: WebhookAuth,
  secrets: WebhookSecrets,
  request: { headers: Headers; rawBody: Uint8Array },
  now: Date,
): boolean {
  const { current, previous } = secrets;
  const byCurrent = matches(auth, current, request);
  const byPrevious = previous !== undefined && matches(auth, previous.secret, request) && now < previous.expiresAt;
  return byCurrent || byPrevious;
}

function matches(auth: WebhookAuth, secret: string, request: { headers: Headers; rawBody: Uint8Array }): boolean {
  if (secret === "") return false;
  switch (auth.method) {
    case "secret_header":
      return equals(request.headers.get("x-vapi-secret"), secret);
    case "bearer": {
      const given = request.headers.get(auth.headerName ?? "authorization");
      return equals(given, auth.bearerPrefix === false ? secret : `Bearer ${secret}`);
    }
    case "hmac": {
      const expected = signatureOf(auth, secret, request);
      const given = request.headers.get(auth.signatureHeader);
      if (expected === undefined || given === null) return false;
      // Hexadecimal digits are the same number in either case.
      return safeEqual(auth.encoding === "hex" ? given.toLowerCase() : given, expected);
    }
  }
}

const equals = (given: string | null, expected: string): boolean => given !== null && safeEqual(given, expected);

type Hmac = Extract<WebhookAuth, { method: "hmac" }>;

/** The timestamp's unit is not documented, so the header's own text is signed. */
function signatureOf(
  auth: Hmac,
  secret: string,
  request: { headers: Headers; rawBody: Uint8Array },
): string | undefined {
  const key = auth.secretIsBase64 ? Buffer.from(secret, "base64") : Buffer.from(secret, "utf8");
  if (key.length === 0 || !auth.payloadFormat.includes("{body}")) return undefined;
  const hmac = createHmac(auth.algorithm, key);
  for (const part of auth.payloadFormat.split(/(\{body\}|\{timestamp\})/)) {
    if (part === "{body}") hmac.update(request.rawBody);
    else if (part === "{timestamp}") {
      const timestamp = auth.timestampHeader ? request.headers.get(auth.timestampHeader) : null;
      if (!timestamp) return undefined;
      hmac.update(timestamp);
    } else hmac.update(part);
  }
  const prefix = auth.encoding === "hex" ? auth.signaturePrefix.toLowerCase() : auth.signaturePrefix;
  return prefix + hmac.digest(auth.encoding);
}
