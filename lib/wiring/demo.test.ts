import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { listMemberships } from "@/db/system";
import { getPublishedAgent } from "@/lib/agents";
import { listConnections } from "@/lib/connections";
import { getOrganization } from "@/lib/organizations";
import { founding } from "@/lib/organizations/testing/people";
import { systemActor } from "@/lib/platform/context";
import { findSlots, listServices, listStaff } from "@/lib/scheduling";
import { emptyPgliteDatabase } from "@/tests/database";
import { type App, contextFor } from "./app";
import { ensureDemo, hasDemo } from "./demo";
import { hasMailbox } from "./mailbox-access";

const database = await emptyPgliteDatabase();
const dataDir = mkdtempSync(path.join(tmpdir(), "caly-demo-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const env = { mode: "embedded", loopbackOnly: true, dataDir, appUrl: "http://127.0.0.1:3000", vapi: {} };
const app = { ...founding(database), env } as unknown as App;

test("the demo can be booked at once, and a second start changes nothing", async () => {
  const first = await ensureDemo(app);
  const ctx = contextFor(app, first.orgId, systemActor("test"));
  const [service] = await listServices(ctx);
  if (!service) throw new Error("no service");
  expect(await listStaff(ctx)).toHaveLength(3);
  expect((await findSlots(ctx, { serviceId: service.id })).slots.length).toBeGreaterThan(10);
  expect(await getPublishedAgent(ctx)).toMatchObject({ version: { number: 1 } });
  expect(await listConnections(ctx, { appUrl: env.appUrl })).toMatchObject([{ mode: "emulated" }]);
  expect(await getOrganization(ctx)).toMatchObject({ isDemo: true, onboarding: { step: "done" } });

  const before = readFileSync(path.join(dataDir, "demo.json"), "utf8");
  expect(await ensureDemo(app)).toEqual(first);
  expect(readFileSync(path.join(dataDir, "demo.json"), "utf8")).toBe(before);
  expect(await listStaff(ctx)).toHaveLength(3);
  expect(await listConnections(ctx, { appUrl: env.appUrl })).toHaveLength(1);
});

test("the file for the command line names organisation, sign-in and webhook, for its owner's eyes", async () => {
  const { slug, orgId } = await ensureDemo(app);
  const file = path.join(dataDir, "demo.json");
  const demo = JSON.parse(readFileSync(file, "utf8"));
  expect(demo).toMatchObject({
    org: slug,
    signIn: { path: "/sign-in" },
    vapi: { secret: expect.stringMatching(/.{20}/) },
  });
  expect(demo.vapi.webhookUrl).toMatch(/^http:\/\/127\.0\.0\.1:3000\/api\/voice\/vapi\/con_/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const ctx = contextFor(app, orgId, systemActor("test"));
  expect((await listMemberships(database, (await owner(demo.signIn.email)).id)).map((each) => each.slug)).toEqual([
    slug,
  ]);
  expect((await getOrganization(ctx)).slug).toBe(slug);
});

async function owner(email: string) {
  const { eq } = await import("drizzle-orm");
  const { users } = await import("@/db/schema");
  const [row] = await database.db.select().from(users).where(eq(users.email, email));
  if (!row) throw new Error("no owner");
  return row;
}

test.each([
  ["here and nowhere else", {}, true, true],
  ["not when the socket is open to other machines", { loopbackOnly: false }, false, false],
  ["not when deployed", { mode: "deployed", loopbackOnly: false }, false, false],
  ["no mailbox where mail is really sent", { mail: { smtpUrl: "smtp://x", from: "x" } }, true, false],
  ["no local demo sign-in where Clerk signs in", { clerk: { secretKey: "x", publishableKey: "y" } }, false, true],
])("entrance and mailbox exist %s", (_what, changed, demo, mailbox) => {
  const other = { env: { ...env, ...changed } } as unknown as App;
  expect(hasDemo(other)).toBe(demo);
  expect(hasMailbox(other)).toBe(mailbox);
});
