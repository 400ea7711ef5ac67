import { expect, test, vi } from "vitest";
import { findOrganization } from "@/db/system";
import { testInstance } from "@/lib/adapters/clerk/testing/instance";
import { founding } from "@/lib/organizations/testing/people";
import { routes } from "@/lib/platform/http";
import { createLogger } from "@/lib/platform/logger";
import { pgliteDatabase } from "@/tests/database";
import { takeClerkWebhook } from "./clerk-webhook";

const database = await pgliteDatabase();
const instance = testInstance();
const configured: { clerk: { webhookSecret: string | undefined } | undefined } = { clerk: instance.keys };
vi.mock("./app", () => ({
  app: async () => ({ ...founding(database), env: configured, jobs: { poke: () => {} } }),
}));
vi.mock("@/lib/platform/runtime", () => ({
  processEnv: () => ({ loopbackOnly: false }),
  processLog: () => createLogger({ level: "silent" }),
}));

const { POST, GET } = routes({ POST: takeClerkWebhook }, { name: "webhooks.clerk" });
const send = async (raw: Buffer, headers: Headers) => {
  const request = new Request("https://caly.example/api/webhooks/clerk", {
    method: "POST",
    headers,
    body: new Uint8Array(raw),
  });
  const response = await POST(request, { params: Promise.resolve({}) });
  return { status: response.status, type: response.headers.get("content-type") };
};
const event = (id: string) => ({
  type: "organization.created",
  object: "event",
  data: { id, name: "Acme", slug: "acme", created_by: "user_1", updated_at: 1_700_000_000_000 },
});

test("a signed delivery is taken, twice without a second effect", async () => {
  const { raw, headers } = instance.delivery(event("org_signed"));
  expect((await send(raw, headers)).status).toBe(200);
  const made = await findOrganization(database, { externalId: "org_signed" });
  expect(made).toMatchObject({ name: "Acme" });
  expect((await send(raw, headers)).status).toBe(200);
  expect(await findOrganization(database, { externalId: "org_signed" })).toEqual(made);
});

test("a bad signature is a 400 problem and changes nothing", async () => {
  const { raw, headers } = instance.delivery(event("org_forged"), { secret: `whsec_${btoa("another")}` });
  expect(await send(raw, headers)).toEqual({ status: 400, type: "application/problem+json" });
  expect((await send(raw, new Headers())).status).toBe(400);
  expect(await findOrganization(database, { externalId: "org_forged" })).toBeUndefined();
});

test("bodies nobody would sign are 4xx as well", async () => {
  expect((await send(Buffer.alloc(2_000_000, 32), new Headers())).status).toBe(413);
  expect((await send(Buffer.from("{"), instance.delivery("x").headers)).status).toBe(400);
  expect((await GET(new Request("https://caly.example/x"), { params: Promise.resolve({}) })).status).toBe(405);
});

test("without a signing secret the address does not exist", async () => {
  const { raw, headers } = instance.delivery(event("org_unasked"));
  configured.clerk = undefined;
  expect((await send(raw, headers)).status).toBe(404);
  configured.clerk = { webhookSecret: undefined };
  expect((await send(raw, headers)).status).toBe(404);
});
