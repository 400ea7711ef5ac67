import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { WebhookAuth } from "@/lib/connections/schemas";
import { verifyWebhook } from "./verify";

const now = new Date("2026-11-20T12:00:00Z");
const rawBody = Buffer.from('{"message":{"type":"hang"}}');
const secrets = {
  current: "current-secret",
  previous: { secret: "previous-secret", expiresAt: new Date("2026-11-20T13:00:00Z") },
};
const verify = (auth: WebhookAuth, headers: Record<string, string>, at = now, body: Uint8Array = rawBody) =>
  verifyWebhook(auth, secrets, { headers: new Headers(headers), rawBody: body }, at);

const hmac = (changes: Partial<Extract<WebhookAuth, { method: "hmac" }>> = {}): WebhookAuth => ({
  method: "hmac",
  algorithm: "sha256",
  signatureHeader: "x-vapi-signature",
  signaturePrefix: "",
  encoding: "hex",
  payloadFormat: "{body}",
  secretIsBase64: false,
  ...changes,
});
const sign = (
  secret: string | Buffer,
  payload: string | Buffer,
  algorithm = "sha256",
  encoding: "hex" | "base64" = "hex",
) => createHmac(algorithm, secret).update(payload).digest(encoding);

describe("a webhook is believed", () => {
  it("with the secret in the header its connection names, and no other way", () => {
    const auth: WebhookAuth = { method: "secret_header" };
    expect(verify(auth, { "x-vapi-secret": "current-secret" })).toBe(true);
    expect(verify(auth, { "X-Vapi-Secret": "previous-secret" })).toBe(true);
    for (const headers of [
      {},
      { "x-vapi-secret": "" },
      { "x-vapi-secret": "current-secret2" },
      { authorization: "Bearer current-secret" },
    ])
      expect(verify(auth, headers as Record<string, string>)).toBe(false);
  });

  it("with a bearer token, under another header's name or without the word where so configured", () => {
    expect(verify({ method: "bearer" }, { authorization: "Bearer current-secret" })).toBe(true);
    expect(verify({ method: "bearer" }, { authorization: "current-secret" })).toBe(false);
    expect(verify({ method: "bearer" }, { "x-vapi-secret": "current-secret" })).toBe(false);
    const bare: WebhookAuth = { method: "bearer", headerName: "X-Caly", bearerPrefix: false };
    expect(verify(bare, { "x-caly": "current-secret" })).toBe(true);
    expect(verify(bare, { "x-caly": "Bearer current-secret" })).toBe(false);
  });

  it("with the secret before the last rotation only until it expires", () => {
    const auth: WebhookAuth = { method: "secret_header" };
    expect(verify(auth, { "x-vapi-secret": "previous-secret" }, new Date("2026-11-20T12:59:59.999Z"))).toBe(true);
    expect(verify(auth, { "x-vapi-secret": "previous-secret" }, new Date("2026-11-20T13:00:00Z"))).toBe(false);
    expect(
      verify(hmac(), { "x-vapi-signature": sign("previous-secret", rawBody) }, new Date("2026-11-20T13:00:00Z")),
    ).toBe(false);
  });

  it("with a signature over the raw bytes, and not when one of them differs", () => {
    const headers = { "x-vapi-signature": sign("current-secret", rawBody) };
    expect(verify(hmac(), headers)).toBe(true);
    expect(verify(hmac(), { "x-vapi-signature": headers["x-vapi-signature"].toUpperCase() })).toBe(true);
    expect(verify(hmac(), headers, now, Buffer.from('{"message": {"type":"hang"}}'))).toBe(false);
    expect(verify(hmac(), { "x-vapi-secret": "current-secret" })).toBe(false);
    expect(verify(hmac(), {})).toBe(false);
  });

  it("with every algorithm, writing, prefix and timestamp that can be configured", () => {
    for (const algorithm of ["sha1", "sha256", "sha512"] as const)
      for (const encoding of ["hex", "base64"] as const) {
        const auth = hmac({
          algorithm,
          encoding,
          signaturePrefix: `${algorithm}=`,
          payloadFormat: "v0:{timestamp}:{body}",
          timestampHeader: "x-timestamp",
        });
        const timestamp = "1795176000";
        const signed = `${algorithm}=${sign("current-secret", `v0:${timestamp}:${rawBody}`, algorithm, encoding)}`;
        expect(verify(auth, { "x-vapi-signature": signed, "x-timestamp": timestamp })).toBe(true);
        expect(verify(auth, { "x-vapi-signature": signed, "x-timestamp": "1795176001" })).toBe(false);
        expect(verify(auth, { "x-vapi-signature": signed })).toBe(false);
        expect(verify(auth, { "x-vapi-signature": signed.slice(algorithm.length + 1), "x-timestamp": timestamp })).toBe(
          false,
        );
      }
  });

  it("with a base64 secret by its decoded bytes", () => {
    const key = Buffer.from("0123456789abcdef0123456789abcdef");
    const auth = hmac({ secretIsBase64: true });
    const request = { headers: new Headers({ "x-vapi-signature": sign(key, rawBody) }), rawBody };
    expect(verifyWebhook(auth, { current: key.toString("base64") }, request, now)).toBe(true);
    expect(verifyWebhook(auth, { current: key.toString() }, request, now)).toBe(false);
  });
});

const contracts = path.resolve(process.cwd(), "../shared/contracts/fixtures");
const vectors = (() => {
  try {
    return JSON.parse(readFileSync(path.join(contracts, "signatures/vectors.json"), "utf8")) as Record<
      string,
      Record<string, string>
    >;
  } catch {
    console.warn("skipped: the shared signature vectors are not beside this folder");
    return undefined;
  }
})();

describe.skipIf(!vectors)("the shared vectors", () => {
  const body = () => readFileSync(path.join(contracts, "vapi/status-update.in-progress.json"));
  const check = (auth: WebhookAuth, headers: Record<string, string>, raw: Uint8Array) =>
    verifyWebhook(auth, { current: "fixture-secret" }, { headers: new Headers(headers), rawBody: raw }, now);

  it("body only", () => {
    const signature = vectors?.vapi_hmac_body_only?.["x-vapi-signature"] ?? "";
    expect(check(hmac(), { "x-vapi-signature": signature }, body())).toBe(true);
    expect(check(hmac(), { "x-vapi-signature": signature }, Buffer.concat([body(), Buffer.from(" ")]))).toBe(false);
  });

  it("timestamp and body", () => {
    const vector = vectors?.vapi_hmac_default_format ?? {};
    const auth = hmac({
      signatureHeader: "x-signature",
      timestampHeader: "x-timestamp",
      payloadFormat: "{timestamp}.{body}",
    });
    const headers = { "x-signature": vector["x-signature"] ?? "", "x-timestamp": vector["x-timestamp"] ?? "" };
    expect(check(auth, headers, body())).toBe(true);
    expect(check(auth, { ...headers, "x-timestamp": "1795176000" }, body())).toBe(false);
  });
});
