import { sql } from "drizzle-orm";
import { beforeAll, expect, it, vi } from "vitest";
import type { Database } from "@/db/client";
import { withTenant } from "@/db/tenant";
import { createAgent } from "@/lib/agents";
import { findCallLimit, startTrial } from "@/lib/billing";
import { createConnection, disableConnection, enableConnection } from "@/lib/connections";
import { acceptInvitation, inviteMember, updateOrganization } from "@/lib/organizations";
import { createTestPerson, founding } from "@/lib/organizations/testing/people";
import { keepRequestsWithinPlan } from "@/lib/plans";
import { route } from "@/lib/platform/http";
import { MemoryRateLimiter } from "@/lib/platform/rate-limit";
import { pgliteDatabase, postgresDatabase, postgresUnavailable } from "../database";
import { createTestOrganization } from "../organization";
import { seedCall, seedConnection } from "../seed-call";

vi.mock("@/lib/platform/runtime", async () => {
  const { createLogger } = await import("@/lib/platform/logger");
  return { processEnv: () => ({ loopbackOnly: false }), processLog: () => createLogger({ level: "silent" }) };
});

let database: Database;
beforeAll(async () => {
  database = postgresUnavailable() ? await pgliteDatabase() : await postgresDatabase();
});

const NOW = "2026-11-20T12:00:00Z";

/** An organisation in its trial, or with the plan that is named. */
async function business(plan?: string) {
  const organization = await createTestOrganization(database, { now: NOW });
  const { orgId, ctx } = organization;
  const choose = (name: string) =>
    withTenant(database, orgId, (tx) => tx.execute(sql`update subscriptions set plan = ${name}`));
  await startTrial(ctx);
  if (plan) await choose(plan);
  const count = async (query: ReturnType<typeof sql>) =>
    ((await withTenant(database, orgId, (tx) => tx.execute(query))).rows[0] as { n: number }).n;
  return { ...organization, owner: organization.as("owner"), choose, count };
}

const beyond = (what: string, allows: number, plan = "Starter") => ({
  options: { beyondPlan: { plan, what, allows } },
});

it("agents: of those that come at once none is made beyond the plan, and the sentence stands at the name", async () => {
  const { owner, count } = await business("starter");
  const made = await Promise.allSettled(
    Array.from({ length: 6 }, (_, n) => createAgent(owner, { name: `Agent ${n}`, job: "front_desk" })),
  );
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  expect(await count(sql`select count(*)::int as n from agents`)).toBe(3);
  const message = "Your plan, Starter, has 3 agents. Choose a larger plan for more.";
  await expect(createAgent(owner, { name: "Fourth", job: "front_desk" })).rejects.toMatchObject({
    code: "forbidden",
    message,
    options: { fields: [{ path: "name", message }], ...beyond("agents", 3).options },
  });
});

it("numbers: a connection is one, or as many as are known of it; switched off it is none", async () => {
  const { owner, orgId, count, choose } = await business("starter");
  const line = (name: string) => createConnection(owner, { name, mode: "live" });
  const first = await line("First");
  const made = await Promise.allSettled(["Second", "Third", "Fourth"].map(line));
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  await expect(line("Fifth")).rejects.toMatchObject({ code: "forbidden", ...beyond("numbers", 2) });
  await disableConnection(owner, first);
  await line("In its place");
  await expect(enableConnection(owner, first)).rejects.toThrow(/Your plan, Starter, has 2 numbers/);
  expect(await count(sql`select count(*)::int as n from connections where disabled_at is null`)).toBe(2);
  await choose("growth");
  await enableConnection(owner, first);
  await withTenant(database, orgId, (tx) =>
    tx.execute(sql`insert into phone_numbers (id, org_id, connection_id, external_id, label)
      select 'num_' || ${orgId} || n, ${orgId}, ${first.connectionId}, 'ext' || n, 'Number' from generate_series(1, 8) n`),
  );
  await expect(line("Eleventh")).rejects.toThrow(/Your plan, Growth, has 10 numbers/);
  // What is on already may be said to be on.
  await enableConnection(owner, first);
});

it("members: open invitations count, and one from before a smaller plan waits", async () => {
  const { owner, slug, choose } = await business();
  const invite = (n: number) => inviteMember(owner, { email: `p${n}-${slug}@example.test`, role: "member" });
  // Four people are members already.
  for (let n = 0; n < 21; n++) expect(await invite(n)).toMatchObject({ ok: true });
  await expect(invite(21)).rejects.toMatchObject({
    message: expect.stringMatching(/25 members and open invitations/),
    options: { fields: [{ path: "email" }], ...beyond("members", 25, "Growth").options },
  });
  const [one, two] = [await invite(0), await invite(1)];
  if (!one.ok || !two.ok) throw new Error("not invited");
  await choose("starter");
  const base = founding(database, { now: () => new Date(NOW) });
  const both = [one.value, two.value];
  const viewers = await Promise.all(both.map(({ email }) => createTestPerson(database, email)));
  const accept = (n: number) =>
    acceptInvitation(base, { token: both[n]?.token ?? "", viewer: viewers[n] ?? { userId: "", email: "", name: "" } });
  const atOnce = await Promise.all([accept(0), accept(1)]);
  const late = atOnce.findIndex((each) => !each.ok);
  expect([atOnce[1 - late], atOnce[late]]).toMatchObject([{ ok: true }, { reason: "plan_full" }]);
  await choose("growth");
  expect(await accept(late)).toMatchObject({ ok: true });
});

it("retention: longer than the plan keeps is refused at its field, shorter and what was before it is not", async () => {
  const { owner } = await business();
  await updateOrganization(owner, { retentionDays: 30 });
  await expect(updateOrganization(owner, { retentionDays: 2000 })).rejects.toMatchObject({
    message: expect.stringMatching(/up to 1095 days/),
    options: { fields: [{ path: "retentionDays" }], ...beyond("retentionDays", 1095, "Growth").options },
  });
  await updateOrganization(owner, { retentionDays: 1095 });
});

it("requests: beyond a minute's the answer is 429 with what is left, when to come back and where to change the plan", async () => {
  const { ctx, choose } = await business("starter");
  let now = 0;
  const limiter = new MemoryRateLimiter({ now: () => now });
  const changeAt = "/o/acme/billing/plans";
  const ask = (of?: string) => keepRequestsWithinPlan(ctx, limiter, { changeAt, ...(of && { of }) });
  expect(await ask()).toEqual(expect.objectContaining({ policy: "plan", limit: 60, windowSeconds: 60, remaining: 59 }));
  now = 20_000;
  for (let n = 1; n < 60; n++) await ask();
  const handler = route(async () => Response.json(await ask()), { name: "test" });
  const refused = await handler(new Request("https://caly.example/x"), { params: Promise.resolve({}) });
  expect(refused.status).toBe(429);
  expect(Object.fromEntries(refused.headers)).toMatchObject({
    "content-type": "application/problem+json",
    "retry-after": "40",
    "ratelimit-policy": '"plan";q=60;w=60',
    ratelimit: '"plan";r=0;t=40',
  });
  expect(await refused.json()).toMatchObject({
    status: 429,
    code: "rate_limited",
    detail: "Your plan, Starter, has 60 requests a minute. Try again in 40 seconds, or choose a larger plan.",
    plan: { plan: "Starter", what: "requestsPerMinute", allows: 60, changeAt },
  });
  // An address that strangers may have uses up its own alone, and a larger plan holds at once.
  expect(await ask("feed")).toMatchObject({ remaining: 59 });
  for (let n = 1; n < 60; n++) await ask("feed");
  const stranger = await ask("feed").catch((error: unknown) => error);
  expect(stranger).toMatchObject({ code: "rate_limited", options: { retryAfterSeconds: 60 } });
  expect(JSON.stringify([stranger, (stranger as Error).message])).not.toMatch(/plan/i);
  await choose("scale");
  expect(await ask()).toMatchObject({ limit: 1_200 });
  now = 80_001;
  await choose("starter");
  expect(await ask()).toMatchObject({ remaining: 59 });
});

it("calls at once: who calls beyond them is limited, who is being spoken to already is not", async () => {
  const { ctx, orgId } = await business("starter");
  const connectionId = await seedConnection(database, orgId);
  const ring = (externalId: string) =>
    seedCall(database, orgId, { connectionId, externalId, status: "in_progress", startedAt: new Date(NOW) });
  for (const id of ["one", "two"]) await ring(`${orgId} ${id}`);
  expect(await findCallLimit(ctx, { externalId: "third" })).toBeUndefined();
  await ring(`${orgId} three`);
  expect(await findCallLimit(ctx, { externalId: "fourth" })).toBe("calls_at_once");
  expect(await findCallLimit(ctx, { externalId: `${orgId} three` })).toBeUndefined();
});
