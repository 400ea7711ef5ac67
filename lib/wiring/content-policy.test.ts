import { expect, test } from "vitest";
import { clerkHostOf, contentPolicy, payOrigins, sentryOriginOf } from "./content-policy";

const plain = {
  nonce: "bm9uY2U=",
  isHttps: true,
  isDevelopment: false,
  clerkHost: undefined,
  sentryOrigin: undefined,
  payOrigins: [],
};
const directive = (policy: string, name: string) => policy.split("; ").find((part) => part.startsWith(`${name} `));

test("scripts run by nonce alone, and nothing is evaluated", () => {
  const policy = contentPolicy(plain);
  expect(directive(policy, "script-src")).toBe("script-src 'self' 'nonce-bm9uY2U=' 'strict-dynamic'");
  expect(policy).not.toContain("unsafe-eval");
  expect(directive(policy, "style-src")).toBe("style-src 'self' 'nonce-bm9uY2U='");
  expect(directive(policy, "style-src-attr")).toBe("style-src-attr 'unsafe-inline'");
  expect(directive(policy, "frame-ancestors")).toBe("frame-ancestors 'none'");
  expect(directive(policy, "base-uri")).toBe("base-uri 'self'");
});

test("no host but our own is named while nothing else is configured", () => {
  expect(contentPolicy(plain)).not.toMatch(/https?:\/\//);
  expect(directive(contentPolicy(plain), "connect-src")).toBe("connect-src 'self'");
});

test("Clerk's and Sentry's hosts are let in when they are configured", () => {
  const policy = contentPolicy({
    ...plain,
    clerkHost: "clerk.example.test",
    sentryOrigin: "https://o1.ingest.example.test",
  });
  expect(directive(policy, "connect-src")).toBe(
    "connect-src 'self' https://clerk.example.test https://o1.ingest.example.test",
  );
});

test("a form may lead to where plans are paid for, and nowhere else", () => {
  const formsOf = (stripe: Parameters<typeof payOrigins>[0]) =>
    directive(contentPolicy({ ...plain, payOrigins: payOrigins(stripe) }), "form-action");
  expect(formsOf({})).toBe("form-action 'self'");
  expect(formsOf({ emulatorUrl: "http://127.0.0.1:4242" })).toBe("form-action 'self' http://127.0.0.1:4242");
  expect(formsOf({ secretKey: "sk_live_x", emulatorUrl: "http://127.0.0.1:4242" })).not.toContain("127.0.0.1");
  expect(formsOf({ secretKey: "sk_live_x" })).toContain("https://checkout.stripe.com");
});

test("plain http is not upgraded: a laptop has no certificate", () => {
  expect(contentPolicy({ ...plain, isHttps: false })).not.toContain("upgrade-insecure-requests");
  expect(contentPolicy(plain)).toContain("upgrade-insecure-requests");
});

test("hosts are read out of the keys", () => {
  expect(clerkHostOf(`pk_live_${Buffer.from("clerk.example.test$").toString("base64")}`)).toBe("clerk.example.test");
  expect(clerkHostOf(`pk_live_${Buffer.from("x; script-src *$").toString("base64")}`)).toBeUndefined();
  expect(clerkHostOf("nonsense")).toBeUndefined();
  expect(sentryOriginOf("https://key@o1.ingest.example.test/42")).toBe("https://o1.ingest.example.test");
  expect(sentryOriginOf("nonsense")).toBeUndefined();
});
