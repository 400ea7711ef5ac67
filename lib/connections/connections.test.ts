import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { listAuditEntries } from "@/lib/events";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import {
  closeConnections,
  createConnection,
  disableConnection,
  enableConnection,
  getConnection,
  listConnections,
  readApiAccess,
  resolveConnection,
  rotateConnectionSecret,
  updateConnection,
} from ".";

const appUrl = "https://caly.example/";

describe("a connection", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });
  const setUp = async () => {
    const organization = await createTestOrganization(database);
    const owner = organization.as("owner");
    const made = await createConnection(owner, { name: "Main line", mode: "live", apiKey: "private-key-1" });
    const resolve = () => resolveConnection({ database, keys: owner.keys }, made.connectionId);
    return { ...organization, owner, ...made, resolve };
  };

  it("shows its address and never a secret, neither on a screen nor in the audit", async () => {
    const { owner, connectionId, secret, ctx } = await setUp();
    const shown = await getConnection(owner, { connectionId, appUrl });
    expect(shown).toMatchObject({
      webhookUrl: `https://caly.example/api/voice/vapi/${connectionId}`,
      hasApiKey: true,
      secretHint: secret.slice(-4),
    });
    const { secret: second } = await rotateConnectionSecret(owner, { connectionId });
    const audit = await listAuditEntries(ctx, { subjectId: connectionId });
    const everything = JSON.stringify([shown, await listConnections(owner, { appUrl }), audit.items]);
    for (const hidden of [secret, second, "private-key-1"]) expect(everything).not.toContain(hidden);
    expect(audit.items).toHaveLength(2);
  });

  it("accepts its new secret at once and the one before until it expires", async () => {
    const { owner, connectionId, secret, resolve } = await setUp();
    expect((await resolve())?.secrets).toEqual({ current: secret, previous: undefined });
    const { secret: second, previousExpiresAt } = await rotateConnectionSecret(owner, { connectionId });
    expect((await resolve())?.secrets).toEqual({ current: second, previous: { secret, expiresAt: previousExpiresAt } });
    expect(previousExpiresAt.getTime() - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
  });

  it("kept with a key that is lost can be seen and given a new secret, which lets calls in", async () => {
    const { owner, connectionId } = await setUp();
    const other = { ...owner, keys: { ...owner.keys, secrets: randomBytes(32) } };
    expect((await getConnection(other, { connectionId, appUrl })).secretHint).toBeUndefined();
    const { secret } = await rotateConnectionSecret(other, { connectionId });
    expect((await resolveConnection({ database, keys: other.keys }, connectionId))?.secrets).toEqual({
      current: secret,
    });
  });

  it("of a closed organisation is refused, and nothing that opens anything is kept, also if it were switched on again", async () => {
    const { owner, ctx, connectionId, secret, resolve } = await setUp();
    await rotateConnectionSecret(owner, { connectionId });
    await closeConnections(ctx);
    expect(await resolve()).toBeUndefined();
    await enableConnection(owner, { connectionId });
    const kept = (await resolve())?.secrets;
    expect(kept).toEqual({ current: expect.not.stringContaining(secret), previous: undefined });
    expect(await readApiAccess(owner, connectionId)).toMatchObject({ apiKey: undefined });
  });

  it("is nobody's while it is switched off", async () => {
    const { owner, connectionId, resolve } = await setUp();
    await disableConnection(owner, { connectionId });
    expect(await resolve()).toBeUndefined();
    await enableConnection(owner, { connectionId });
    expect(await resolve()).toMatchObject({ id: connectionId });
    expect(await resolveConnection({ database, keys: owner.keys }, "con_nonsense")).toBeUndefined();
  });

  it("changes what is given and keeps the rest", async () => {
    const { owner, connectionId } = await setUp();
    await updateConnection(owner, { connectionId, webhookAuth: { method: "hmac", signatureHeader: "x-sig" } });
    expect(await getConnection(owner, { connectionId, appUrl })).toMatchObject({
      name: "Main line",
      hasApiKey: true,
      webhookAuth: { method: "hmac", algorithm: "sha256", signatureHeader: "x-sig", payloadFormat: "{body}" },
    });
    await updateConnection(owner, { connectionId, apiKey: null });
    expect(await readApiAccess(owner, connectionId)).toEqual({ mode: "live", apiKey: undefined });
    await expect(
      updateConnection(owner, { connectionId, webhookAuth: { method: "hmac", payloadFormat: "{timestamp}" } }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("is managed by owners and admins alone, each of their own organisation", async () => {
    const { as, connectionId } = await setUp();
    for (const role of ["member", "viewer"] as const)
      await expect(getConnection(as(role), { connectionId, appUrl })).rejects.toMatchObject({ code: "forbidden" });
    const other = await createTestOrganization(database);
    for (const attempt of [
      getConnection(other.as("owner"), { connectionId, appUrl }),
      rotateConnectionSecret(other.as("owner"), { connectionId }),
      updateConnection(other.as("owner"), { connectionId, name: "mine" }),
      disableConnection(other.as("owner"), { connectionId }),
    ])
      await expect(attempt).rejects.toMatchObject({ code: "not_found" });
  });
});
