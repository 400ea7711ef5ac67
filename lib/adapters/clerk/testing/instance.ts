import { createHmac, createSign, generateKeyPairSync, randomUUID } from "node:crypto";

/**
 * A Clerk instance that exists in this process alone: tokens are signed by its own key, which the verifier is given as `jwtKey`, and
 * webhooks by its own secret. Keys are put together at run time so that nobody mistakes them for leaked ones.
 */
export function testInstance() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwtKey = publicKey.export({ type: "spki", format: "pem" }).toString();
  const webhookSecret = `whsec_${Buffer.from(randomUUID()).toString("base64")}`;
  const keys = {
    publishableKey: `pk_live_${Buffer.from("clerk.example.test$").toString("base64")}`,
    secretKey: `sk_live_${"0123456789".repeat(4)}`,
    jwtKey,
    webhookSecret,
  };
  return {
    keys,
    /** A session token; `claims` add to or replace the usual ones. */
    token(claims: Record<string, unknown> = {}): string {
      const now = Math.floor(Date.now() / 1000);
      const header = { alg: "RS256", typ: "JWT", kid: "ins_test", cat: "cl_B7d4PD111AAA" };
      const body = {
        azp: "http://localhost:3000",
        iss: "https://clerk.example.test",
        sid: "sess_1",
        sub: "user_1",
        sts: "active",
        v: 2,
        fva: [1, -1],
        iat: now,
        nbf: now - 10,
        exp: now + 3600,
        ...claims,
      };
      const unsigned = [header, body].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
      const signature = createSign("RSA-SHA256").update(unsigned).sign(privateKey).toString("base64url");
      return `${unsigned}.${signature}`;
    },
    /** A signed delivery as it comes over the wire. */
    delivery(event: unknown, options: { id?: string; secret?: string; at?: number } = {}) {
      const raw = Buffer.from(JSON.stringify(event));
      const id = options.id ?? `msg_${randomUUID()}`;
      const at = String(options.at ?? Math.floor(Date.now() / 1000));
      const secret = Buffer.from((options.secret ?? webhookSecret).slice("whsec_".length), "base64");
      const signature = createHmac("sha256", secret).update(`${id}.${at}.${raw}`).digest("base64");
      const headers = new Headers({ "svix-id": id, "svix-timestamp": at, "svix-signature": `v1,${signature}` });
      return { id, raw, headers };
    },
  };
}
