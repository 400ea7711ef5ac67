import { describe, expect, it } from "vitest";
import { serverHeaders } from "./server-headers";

const url = "https://app.example.com/hook";
const base = { url, body: "what do ya want for nothing?", nowMs: 1_795_176_000_000, server: { url } };
// RFC 4231, test case 2.
const digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

describe("webhook headers", () => {
  it("sends nothing when nothing is named", () => {
    expect(serverHeaders({ ...base, plan: undefined })).toEqual({});
  });

  it("signs the raw body alone when the plan says so", () => {
    const plan = {
      type: "hmac" as const,
      secretKey: "Jefe",
      algorithm: "sha256" as const,
      signatureHeader: "x-vapi-signature",
      signaturePrefix: "sha256=",
      includeTimestamp: false,
      payloadFormat: "{body}",
    };
    expect(serverHeaders({ ...base, plan })).toEqual({ "x-vapi-signature": `sha256=${digest}` });
    const asBase64 = { ...plan, secretKey: "SmVmZQ==", secretIsBase64: true, signatureEncoding: "base64" as const };
    expect(serverHeaders({ ...base, plan: asBase64 })).toEqual({
      "x-vapi-signature": `sha256=${Buffer.from(digest, "hex").toString("base64")}`,
    });
  });

  it("adds the timestamp it signed by default", () => {
    const headers = serverHeaders({ ...base, plan: { type: "hmac", secretKey: "Jefe", algorithm: "sha256" } });
    expect(Object.keys(headers)).toEqual(["x-signature", "x-timestamp"]);
    expect(headers["x-timestamp"]).toBe("1795176000000");
    expect(headers["x-signature"]).not.toBe(digest);
  });

  it.each([
    [{ type: "bearer" as const, token: "t" }, { Authorization: "Bearer t" }],
    [
      { type: "bearer" as const, token: "t", headerName: "X-Vapi-Secret", bearerPrefixEnabled: false },
      { "X-Vapi-Secret": "t" },
    ],
  ])("sends the bearer plan %j", (plan, headers) => {
    expect(serverHeaders({ ...base, plan })).toEqual(headers);
  });

  it("lets an Authorization header of the server win over the credential", () => {
    const server = { url, headers: { authorization: "Basic abc" } };
    expect(serverHeaders({ ...base, server, plan: { type: "bearer", token: "t" } })).toEqual({
      authorization: "Basic abc",
    });
  });

  it("forges with the same names and other secrets", () => {
    const server = { url, headers: { "X-Vapi-Secret": "abc", "X-Region": "eu" } };
    const plan = { type: "hmac" as const, secretKey: "Jefe", algorithm: "sha256" as const, includeTimestamp: false };
    const headers = serverHeaders({ ...base, server, plan, isForged: true });
    expect(headers["X-Vapi-Secret"]).toBe("abx");
    expect(headers["X-Region"]).toBe("eu");
    expect(headers["x-signature"]).toHaveLength(64);
    expect(headers["x-signature"]).not.toBe(digest);
  });
});
