import { testInstance } from "../lib/adapters/clerk/testing/instance";
import { type Answer, ask, type Deployment, expect, newSecret, postJson, test } from "./deployed";

const appUrl = "https://caly.example";
const clerk = testInstance();
let server: Awaited<ReturnType<Deployment["server"]>>;
let database: Awaited<ReturnType<Deployment["database"]>>;

test.beforeAll(async ({ deployment }) => {
  test.setTimeout(120_000);
  database = await deployment.database();
  server = await deployment.server(() => ({
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: newSecret(),
    APP_URL: appUrl,
    CLERK_SECRET_KEY: clerk.keys.secretKey,
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: clerk.keys.publishableKey,
    // One line, as such a key is pasted into a host's settings.
    CLERK_JWT_KEY: clerk.keys.jwtKey.replaceAll("\n", "\\n"),
    CLERK_WEBHOOK_SIGNING_SECRET: clerk.keys.webhookSecret,
  }));
});

const seconds = () => Math.floor(Date.now() / 1000);
const host = { host: "caly.example", "x-forwarded-proto": "https" };
const ann = { azp: appUrl, sub: "user_ann", email: "ann@clerk.example", email_verified: true, name: "Ann" };
const bob = { azp: appUrl, sub: "user_bob", email: "bob@clerk.example", email_verified: true, name: "Bob" };
const inOrganization = (slug: string, role = "admin") => ({ o: { id: `org_${slug}`, slg: slug, rol: role } });

/** As a browser sends it; what it does with an expired one is to ask Clerk for another. */
const withCookie = (path: string, token: string) =>
  ask(server.url + path, {
    headers: { ...host, accept: "text/html", cookie: `__session=${token}; __client_uat=${seconds() - 5}` },
  });
/** As a program sends it. */
const withBearer = (path: string, token: string) =>
  ask(server.url + path, { headers: { ...host, authorization: `Bearer ${token}` } });

const isSignedOut = ({ status, headers }: Answer) => {
  expect(status).toBe(307);
  expect(String(headers.location)).toMatch(/\/sign-in\?next=%2Fo%2Facme/);
};

test("a session with an organisation reaches its pages, made on first sight", async () => {
  const page = await withCookie("/o/acme", clerk.token({ ...ann, ...inOrganization("acme") }));
  expect(page.status, server.output()).toBe(200);
  expect(page.text).toContain("acme");
  const bearer = await withBearer("/o/acme/calls", clerk.token({ ...ann, ...inOrganization("acme") }));
  expect(bearer.status).toBe(200);
  expect(await database.query("select slug, external_id from organizations")).toEqual([
    { slug: "acme", external_id: "org_acme" },
  ]);
});

test("another organisation's pages and routes are not found", async () => {
  expect((await withCookie("/o/globex", clerk.token({ ...bob, ...inOrganization("globex") }))).status).toBe(200);
  const token = clerk.token({ ...ann, ...inOrganization("acme") });
  for (const path of ["/o/globex", "/o/globex/settings", "/o/globex/calls/export.csv", "/o/no-such"]) {
    expect((await withCookie(path, token)).status, path).toBe(404);
    expect((await withBearer(path, token)).status, path).toBe(404);
  }
});

test("who forges, repeats an old token or comes from another site is signed out", async () => {
  const claims = { ...ann, ...inOrganization("acme") };
  const stranger = testInstance();
  const bad: Record<string, string> = {
    forged: stranger.token(claims),
    expired: clerk.token({ ...claims, iat: seconds() - 600, nbf: seconds() - 600, exp: seconds() - 300 }),
    "made for another site": clerk.token({ ...claims, azp: "https://evil.example" }),
    tampered: `${clerk.token(claims).slice(0, -8)}AAAAAAAA`,
    nonsense: "a.b.c",
  };
  for (const [what, token] of Object.entries(bad))
    await test.step(what, async () => {
      isSignedOut(await withBearer("/o/acme", token));
      expect((await withBearer("/o/acme/calls/export.csv", token)).status).toBe(401);
      const page = await withCookie("/o/acme", token);
      expect(page.status).toBe(307);
      expect(String(page.headers.location)).toMatch(
        /^(\/sign-in\?|https:\/\/clerk\.example\.test\/v1\/client\/handshake\?)/,
      );
      expect(page.text).not.toContain("Ann");
    });
  isSignedOut(await ask(`${server.url}/o/acme`, { headers: host }));
});

test("our own sign-in does not exist beside Clerk's", async ({ baseURL }) => {
  for (const [method, path] of [
    ["POST", "/api/auth/email-otp/send-verification-otp"],
    ["POST", "/api/auth/sign-in/email-otp"],
    ["POST", "/api/auth/sign-out"],
    ["GET", "/api/auth/get-session"],
    ["GET", "/api/auth/ok"],
  ] as const) {
    const body =
      method === "POST" ? JSON.stringify({ email: "ann@clerk.example", type: "sign-in", otp: "123456" }) : "";
    const headers = { ...host, origin: appUrl, "content-type": "application/json" };
    const answer = await ask(server.url + path, { method, headers, ...(body ? { body } : {}) });
    expect(answer.status, path).toBe(404);
    expect(answer.headers["set-cookie"], path).toBeUndefined();
  }
  for (const path of ["/demo", "/dev/mailbox"])
    expect((await ask(server.url + path, { headers: host })).status, path).toBe(404);
  const page = await ask(`${server.url}/sign-in`, { headers: host });
  expect(page.status).toBe(200);
  expect(page.text).not.toContain("Send me a code");
  expect((await ask(`${baseURL}/sign-in`)).text, "the same build without Clerk").toContain("Send me a code");
});

test("pages are held to https and name Clerk's host and no other in their policy", async () => {
  const { headers } = await ask(`${server.url}/sign-in`, { headers: host });
  expect(headers["strict-transport-security"]).toMatch(/max-age=\d{8}/);
  const policy = String(headers["content-security-policy"]);
  expect(policy).toContain("upgrade-insecure-requests");
  expect(policy).toMatch(/connect-src 'self' https:\/\/clerk\.example\.test(;|$)/);
  expect(policy).not.toContain("unsafe-eval");
});

/** Everything a delivery may change. */
const state = () =>
  database.query(`
    select (select json_agg(o order by o.id) from (select id, name, slug, external_id from organizations) o) organizations,
           (select json_agg(m order by m.id) from (select id, org_id, user_id, role from members) m) members,
           (select json_agg(u order by u.id) from (select id, email, name, external_id from users) u) users,
           (select count(*) from audit_entries)::int audit, (select count(*) from events)::int events`);

test("webhooks bring organisations and members; redelivered they change nothing, tampered with they are refused", async () => {
  const deliver = ({ raw, headers }: { raw: Buffer; headers: Headers }) =>
    postJson(`${server.url}/api/webhooks/clerk`, raw, { ...host, ...Object.fromEntries(headers) });
  const organization = {
    id: "org_initech",
    name: "Initech",
    slug: "initech",
    created_by: "user_cat",
    updated_at: Date.now(),
  };
  const person = { user_id: "user_cat", identifier: "cat@clerk.example", first_name: "Cat", last_name: "Lee" };
  const user = {
    id: "user_cat",
    email_addresses: [{ id: "idn_1", email_address: "cat@clerk.example", verification: { status: "verified" } }],
    primary_email_address_id: "idn_1",
    first_name: "Cat",
    last_name: "Lee",
    updated_at: Date.now(),
  };
  const membership = { role: "org:admin", organization, public_user_data: person, updated_at: Date.now() };
  const event = (type: string, data: unknown) => ({ type, object: "event", data, timestamp: Date.now() });
  const deliveries = [
    event("organization.created", organization),
    event("organizationMembership.created", membership),
    event("user.created", user),
  ].map((each) => clerk.delivery(each));
  for (const each of deliveries) expect((await deliver(each)).status).toBe(200);
  // No organisation in the token: the membership is known by the webhook alone.
  const cat = { azp: appUrl, sub: "user_cat", email: "cat@clerk.example" };
  expect((await withCookie("/o/initech", clerk.token(cat))).status).toBe(200);
  expect(
    await database.query(
      `select m.role from members m join organizations o on o.id = m.org_id where o.external_id = 'org_initech'`,
    ),
  ).toEqual([{ role: "owner" }]);

  const before = await state();
  for (const each of deliveries) expect((await deliver(each)).status).toBe(200);
  expect(await state()).toEqual(before);

  const removal = clerk.delivery(event("organizationMembership.deleted", membership));
  const tampered = [
    { ...removal, raw: Buffer.from(removal.raw.toString().replace("user_cat", "user_ann")) },
    { ...removal, headers: new Headers() },
    clerk.delivery(event("organizationMembership.deleted", membership), { secret: `whsec_${btoa("another")}` }),
    clerk.delivery(event("organizationMembership.deleted", membership), { at: seconds() - 3_600 }),
  ];
  for (const each of tampered) {
    const answer = await deliver(each);
    expect(answer.status).toBe(400);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  }
  expect(await state()).toEqual(before);
  expect((await withCookie("/o/initech", clerk.token(cat))).status).toBe(200);

  expect((await deliver(removal)).status).toBe(200);
  expect((await withCookie("/o/initech", clerk.token(cat))).status).toBe(404);
  expect(server.output()).not.toMatch(/"level":"?(error|fatal|50|60)/);
});
