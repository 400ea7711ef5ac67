import { createClerkClient, verifyToken } from "@clerk/backend";
import { expect, test } from "vitest";
import { roleFrom, sessionFrom } from "./session";
import { testInstance } from "./testing/instance";

const instance = testInstance();
const { jwtKey } = instance.keys;

test("a token of the instance becomes a session with its organisation", async () => {
  const token = instance.token({
    email: " Ann@Example.test ",
    email_verified: true,
    name: "Ann",
    fea: "o:reports",
    o: { id: "org_1", rol: "admin", slg: "acme", per: "create", fpm: "1" },
  });
  const claims = await verifyToken(token, { jwtKey, authorizedParties: ["http://localhost:3000"] });
  expect(sessionFrom(claims)).toMatchObject({
    externalId: "user_1",
    email: "ann@example.test",
    emailVerified: true,
    name: "Ann",
    organization: { externalId: "org_1", slug: "acme", role: "admin" },
  });
});

test("a request is believed by its bearer token without asking anybody", async () => {
  const client = createClerkClient(instance.keys);
  const options = { jwtKey, authorizedParties: ["http://localhost:3000"] };
  const request = (token: string) =>
    new Request("http://localhost:3000/o/acme", { headers: { authorization: `Bearer ${token}` } });
  const state = await client.authenticateRequest(request(instance.token()), options);
  expect(state.isAuthenticated).toBe(true);
  const forged = await client.authenticateRequest(request(testInstance().token()), options);
  expect(forged).toMatchObject({ isAuthenticated: false, reason: "token-invalid-signature" });
});

test.each([
  ["of another instance", testInstance().token()],
  ["that has expired", instance.token({ exp: Math.floor(Date.now() / 1000) - 120, iat: 1, nbf: 1 })],
  ["made for another site", instance.token({ azp: "https://evil.example" })],
])("a token %s is refused", async (_what, token) => {
  await expect(verifyToken(token, { jwtKey, authorizedParties: ["http://localhost:3000"] })).rejects.toThrow();
});

test("claims without an address or an organisation say so", () => {
  expect(sessionFrom({ sub: "user_2", iat: 1_700_000_000 })).toEqual({
    externalId: "user_2",
    email: null,
    emailVerified: false,
    name: "",
    issuedAt: new Date(1_700_000_000_000),
    organization: null,
  });
  expect(sessionFrom({ iat: 1 })).toBeUndefined();
  expect(sessionFrom("nonsense")).toBeUndefined();
});

test.each([
  ["org:admin", "admin"],
  ["admin", "admin"],
  ["org:member", "member"],
  ["basic_member", "member"],
  ["org:viewer", "viewer"],
  ["org:billing", "viewer"],
  [undefined, "viewer"],
])("the role %s means %s", (role, ours) => {
  expect(roleFrom(role)).toBe(ours);
});
