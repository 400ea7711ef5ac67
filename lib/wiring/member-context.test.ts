import { eq } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";
import { members } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { startTrial } from "@/lib/billing";
import type { Viewer } from "@/lib/identity/schemas";
import { keepRetentionWithinPlan } from "@/lib/plans";
import { invalid, notFound } from "@/lib/platform/errors";
import { type RouteInfo, route } from "@/lib/platform/http";
import { createLogger } from "@/lib/platform/logger";
import { MemoryRateLimiter } from "@/lib/platform/rate-limit";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { memberAction, memberContext, memberRoute } from "./member-context";

const database = await pgliteDatabase();
const signedIn: { viewer: Viewer | null; away?: Error } = { viewer: null };
const poke = vi.fn();
const limiter = new MemoryRateLimiter();
const logged: unknown[] = [];
const log = createLogger({ level: "error", destination: { write: (line: string) => logged.push(JSON.parse(line)) } });

vi.mock("./viewer", () => ({
  getViewer: () => (signedIn.away ? Promise.reject(signedIn.away) : Promise.resolve(signedIn.viewer)),
}));
vi.mock("./app", () => ({
  app: async () => ({ database, log, jobs: { poke }, limiter }),
  contextFor: (from: object, orgId: string, actor: unknown) => ({
    ...from,
    orgId,
    actor,
    clock: { now: () => new Date() },
    log,
    keys: {},
  }),
}));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "x-path": "/o/acme/calls?q=1", "x-request-id": "req_1" }),
}));

const a = await createTestOrganization(database);
const b = await createTestOrganization(database);
type Role = "owner" | "admin" | "member" | "viewer";
const be = (org: typeof a, role: Role) => {
  const person = org.people[role];
  if (!person) throw new Error(`no ${role}`);
  signedIn.viewer = { userId: person.userId, email: `${role}@example.test`, emailVerified: true, name: role };
  return person;
};
const digestOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "went through",
    (error: { digest?: string }) => error.digest ?? String(error),
  );

beforeEach(() => {
  signedIn.viewer = null;
  delete signedIn.away;
  poke.mockClear();
  logged.length = 0;
});

test("a member gets the organisation's context in their own name", async () => {
  const { memberId, userId } = be(a, "admin");
  const member = await memberContext(a.slug);
  expect(member.ctx).toMatchObject({ orgId: a.orgId, actor: { kind: "member", role: "admin", memberId, userId } });
  expect(member.org).toMatchObject({ id: a.orgId, slug: a.slug });
});

test("the signed-out are sent to sign in and come back to where they were", async () => {
  expect(await digestOf(memberContext(a.slug))).toContain(`/sign-in?next=${encodeURIComponent("/o/acme/calls?q=1")}`);
});

test("outsiders get 404, for an organisation that exists as for one that does not", async () => {
  be(a, "owner");
  const there = await digestOf(memberContext(b.slug));
  const nowhere = await digestOf(memberContext("nowhere"));
  expect(there).toMatch(/404/);
  expect(there).toBe(nowhere);
  expect(await digestOf(memberAction(b.slug, async () => undefined))).toBe(there);
});

test("a membership that has ended counts at once", async () => {
  const org = await createTestOrganization(database);
  const { memberId } = be(org, "viewer");
  await memberContext(org.slug);
  await withTenant(database, org.orgId, (tx) => tx.delete(members).where(eq(members.id, memberId)));
  expect(await digestOf(memberContext(org.slug))).toMatch(/404/);
});

test("an action without the permission changes nothing and says who can", async () => {
  be(a, "viewer");
  const ran = vi.fn();
  expect(await memberAction(a.slug, "members.manage", ran)).toMatchObject({ ok: false, status: "error" });
  expect(ran).not.toHaveBeenCalled();
  expect(poke).not.toHaveBeenCalled();
});

test("refused fields come back beside what was typed; success wakes the jobs", async () => {
  be(a, "owner");
  const form = new FormData();
  form.set("name", "typed");
  const refused = await memberAction(a.slug, { permission: "organization.manage", form }, async () => {
    throw invalid([{ path: "name", message: "Too short." }]);
  });
  expect(refused).toMatchObject({ ok: false, fields: { name: "Too short." }, values: { name: "typed" } });
  expect(await memberAction(a.slug, async () => ({ status: "ok", message: "Saved." }))).toMatchObject({ ok: true });
  expect(poke).toHaveBeenCalledOnce();
  const gone = await memberAction(a.slug, async () => {
    throw notFound("This booking");
  });
  expect(gone).toMatchObject({ ok: false, message: expect.stringContaining("This booking does not exist") });
});

test("whoever cannot be recognised while the database is away keeps what they typed", async () => {
  signedIn.away = new Error("connect ECONNREFUSED");
  const form = new FormData();
  form.set("name", "typed");
  const state = await memberAction(a.slug, { form }, async () => undefined);
  expect(state).toMatchObject({ ok: false, status: "error", values: { name: "typed" } });
});

test("a fault is logged under the request's id and told without its insides", async () => {
  be(a, "owner");
  const state = await memberAction(a.slug, async () => {
    throw new Error("secret detail");
  });
  expect(state.message).toContain("nothing was changed");
  expect(state.message).toContain("req_1");
  expect(JSON.stringify(state)).not.toContain("secret detail");
  expect(logged).toMatchObject([{ requestId: "req_1", err: { message: "secret detail" } }]);
});

vi.mock("@/lib/platform/runtime", () => ({
  processEnv: () => ({ appUrl: "http://127.0.0.1:3000", loopbackOnly: true }),
  processLog: () => log,
}));

type RouteLimits = NonNullable<Parameters<typeof memberRoute>[1]>;
const answer = async (
  method: string,
  slug: string,
  headers: Record<string, string> = {},
  limits: Pick<RouteLimits, "partOfPage"> = {},
) => {
  const handler = memberRoute<{ slug: string }>(
    async (_request, { org }, _info: RouteInfo<{ slug: string }>) => Response.json({ org: org.id }),
    { permission: method === "GET" ? "read" : "calls.write", ...limits },
  );
  const request = new Request("http://127.0.0.1:3000/x", { method, headers: { host: "127.0.0.1:3000", ...headers } });
  const response = await route(handler, { name: "test" })(request, { params: Promise.resolve({ slug }) });
  const left = response.headers.get("ratelimit");
  return { status: response.status, body: await response.json(), ...(left && { left }) };
};

test("a route answers members, 401 to the signed-out, 404 to outsiders, 403 to whoever may not", async () => {
  expect(await answer("GET", a.slug)).toMatchObject({ status: 401, body: { code: "unauthenticated" } });
  be(a, "viewer");
  expect(await answer("GET", a.slug)).toEqual({ status: 200, body: { org: a.orgId } });
  expect(await answer("POST", a.slug)).toMatchObject({ status: 403 });
  expect(await answer("GET", b.slug)).toMatchObject({ status: 404, body: { code: "not_found" } });
  expect(await answer("GET", "nowhere")).toMatchObject({ status: 404, body: { code: "not_found" } });
});

test("the plan's requests are counted for the organisation, and what it refuses leads to the plans whoever may see them", async () => {
  const org = await createTestOrganization(database);
  await startTrial(org.ctx);
  be(org, "viewer");
  expect(await answer("GET", org.slug)).toMatchObject({ status: 200, left: '"plan";r=299;t=60' });
  for (let n = 1; n < 300; n++) await limiter.limit(`requests:${org.orgId}`, { limit: 300, windowSeconds: 60 });
  expect(await answer("GET", org.slug)).toMatchObject({
    status: 429,
    left: expect.stringMatching(/^"plan";r=0;t=\d+$/),
    body: { code: "rate_limited", plan: { plan: "Growth", changeAt: `/o/${org.slug}/billing/plans` } },
  });
  // What a page asks for by itself goes on, each member within its own limit.
  const typing = { partOfPage: { limit: 2, windowSeconds: 60 } };
  for (const status of [200, 200, 429]) expect((await answer("GET", org.slug, {}, typing)).status).toBe(status);
  be(org, "owner");
  expect((await answer("GET", org.slug, {}, typing)).status).toBe(200);
  // Outsiders use up nothing of it, and pages go on.
  be(a, "owner");
  expect(await answer("GET", org.slug)).toMatchObject({ status: 404 });
  const remedy = { href: `/o/${org.slug}/billing/plans`, label: "See the plans" };
  const form = new FormData();
  form.set("retentionDays", "3650");
  const save = () =>
    memberAction(org.slug, { form }, async ({ ctx }) => {
      await keepRetentionWithinPlan(ctx, Number(form.get("retentionDays")));
      return undefined;
    });
  be(org, "owner");
  const fields = { retentionDays: expect.stringContaining("Your plan, Growth, keeps calls for up to 1095 days") };
  expect(await save()).toMatchObject({ ok: false, fields, message: "Nothing was changed.", remedy });
  be(org, "member");
  expect(await save()).not.toHaveProperty("remedy");
});

test("another site's page changes nothing through a member's browser", async () => {
  be(a, "owner");
  expect((await answer("POST", a.slug, { origin: "http://127.0.0.1:3000" })).status).toBe(200);
  expect((await answer("POST", a.slug, { origin: "http://localhost:3000", host: "localhost:3000" })).status).toBe(200);
  expect((await answer("POST", a.slug, { origin: "https://evil.example" })).status).toBe(403);
  expect((await answer("POST", a.slug, { origin: "null" })).status).toBe(403);
  expect((await answer("POST", a.slug, { "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await answer("GET", a.slug, { origin: "https://evil.example" })).status).toBe(200);
});
