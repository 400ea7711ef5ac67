import { createHmac, randomUUID } from "node:crypto";
import type { Vapi } from "@vapi-ai/server-sdk";
import type { AuthenticationPlan } from "../resources/types";

export interface SigningInput {
  server: Vapi.Server;
  plan: AuthenticationPlan | undefined;
  url: string;
  body: string;
  nowMs: number;
  /** Play someone who does not hold the secret. */
  isForged?: boolean;
}

/** Exactly the headers the server object and its credential name; an `Authorization` among the former wins over the latter. */
export function serverHeaders(input: SigningInput): Record<string, string> {
  const configured = Object.fromEntries(
    Object.entries(input.server.headers ?? {}).map(([name, value]) => [name, String(value)]),
  );
  const fromPlan = input.plan ? planHeaders(input.plan, input) : {};
  const hasOwnAuthorization = Object.keys(configured).some((name) => name.toLowerCase() === "authorization");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(fromPlan)) {
    if (!(hasOwnAuthorization && name.toLowerCase() === "authorization")) headers[name] = value;
  }
  Object.assign(headers, input.isForged ? withWrongSecrets(configured) : configured);
  return headers;
}

function planHeaders(plan: AuthenticationPlan, input: SigningInput): Record<string, string> {
  if (plan.type === "bearer") {
    const token = input.isForged ? wrong(plan.token) : plan.token;
    return { [plan.headerName ?? "Authorization"]: plan.bearerPrefixEnabled === false ? token : `Bearer ${token}` };
  }
  const includeTimestamp = plan.includeTimestamp ?? true;
  // Epoch milliseconds: the vendor does not document the unit, so a verifier has to sign the literal header text.
  const timestamp = String(input.nowMs);
  const messageId = `msg_${randomUUID()}`;
  const format = plan.payloadFormat ?? (includeTimestamp ? "{timestamp}.{body}" : "{body}");
  const tokens: Record<string, string> = {
    body: input.body,
    timestamp,
    method: "POST",
    url: input.url,
    "svix-id": messageId,
  };
  const payload = format.replace(/\{(body|timestamp|method|url|svix-id)\}/g, (_, token: string) => tokens[token] ?? "");
  const key = Buffer.from(plan.secretKey, plan.secretIsBase64 ? "base64" : "utf8");
  const signingKey = input.isForged ? Buffer.concat([key, Buffer.from("x")]) : key;
  const signature = createHmac(plan.algorithm, signingKey)
    .update(payload)
    .digest(plan.signatureEncoding ?? "hex");
  return {
    [plan.signatureHeader ?? "x-signature"]: `${plan.signaturePrefix ?? ""}${signature}`,
    ...(includeTimestamp ? { [plan.timestampHeader ?? "x-timestamp"]: timestamp } : {}),
    ...(plan.messageIdHeader ? { [plan.messageIdHeader]: messageId } : {}),
  };
}

function withWrongSecrets(headers: Record<string, string>): Record<string, string> {
  const named = Object.keys(headers).filter((name) => /secret|authorization|signature|token|key/i.test(name));
  const changed = new Set(named.length > 0 ? named : Object.keys(headers));
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, changed.has(name) ? wrong(value) : value]),
  );
}

/** Same length and alphabet, another last character. */
function wrong(secret: string): string {
  return `${secret.slice(0, -1)}${secret.endsWith("x") ? "y" : "x"}`;
}
