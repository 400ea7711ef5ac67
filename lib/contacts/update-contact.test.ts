import { and, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/db/client";
import { auditEntries } from "@/db/schema";
import { withTenant } from "@/db/tenant";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { createContact, getContact, updateContact, upsertContactByPhone } from "./index";

describe("a contact typed by hand", () => {
  let database: Database;
  beforeAll(async () => {
    database = await pgliteDatabase();
  });

  it("has its number read in the organisation's country", async () => {
    const { as } = await createTestOrganization(database);
    const made = await createContact(as("member"), { name: "Ann", phone: "(202) 555-0143", email: "ann@example.test" });
    expect(made).toMatchObject({ ok: true, value: { name: "Ann", phone: "+12025550143", email: "ann@example.test" } });
  });

  it("is refused when its number belongs to another, by both verbs", async () => {
    const { ctx } = await createTestOrganization(database);
    const known = await upsertContactByPhone(ctx, { phone: "+12025550143", name: "Ann" });
    expect(await createContact(ctx, { name: "Anna", phone: "202 555 0143" })).toEqual({
      ok: false,
      reason: "phone_taken",
      detail: { contactId: known.id },
    });
    const other = await createContact(ctx, { name: "Ben" });
    if (!other.ok) throw new Error("refused");
    expect(await updateContact(ctx, { contactId: other.value.id, phone: "+12025550143" })).toMatchObject({
      ok: false,
      detail: { contactId: known.id },
    });
    expect((await getContact(ctx, other.value.id)).phone).toBeNull();
  });

  it("needs something to be known by, and a number that is one", async () => {
    const { ctx } = await createTestOrganization(database);
    await expect(createContact(ctx, { name: " " })).rejects.toMatchObject({ code: "invalid_input" });
    await expect(createContact(ctx, { name: "Ann", phone: "call me" })).rejects.toMatchObject({
      options: { fields: [{ path: "phone" }] },
    });
    const made = await createContact(ctx, { name: "Ann" });
    if (!made.ok) throw new Error("refused");
    await expect(updateContact(ctx, { contactId: made.value.id, name: "" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  it("keeps fields that are left out, clears those left empty, and audits names of fields, not their content", async () => {
    const { ctx, orgId } = await createTestOrganization(database);
    const made = await createContact(ctx, {
      name: "Ann",
      phone: "+12025550143",
      email: "a@example.test",
      notes: "VIP",
    });
    if (!made.ok) throw new Error("refused");
    const contactId = made.value.id;
    const changed = await updateContact(ctx, { contactId, email: "", notes: "VIP" });
    expect(changed).toMatchObject({
      ok: true,
      value: { name: "Ann", phone: "+12025550143", email: null, notes: "VIP" },
    });
    const audit = await withTenant(database, orgId, (tx) =>
      tx
        .select()
        .from(auditEntries)
        .where(and(eq(auditEntries.subjectId, contactId))),
    );
    expect(audit.map((entry) => entry.changes)).toContainEqual({ fields: ["email"] });
    expect(JSON.stringify(audit)).not.toContain("2025550143");
  });

  it("cannot be changed by a viewer or from another organisation", async () => {
    const a = await createTestOrganization(database);
    const b = await createTestOrganization(database);
    const made = await createContact(a.ctx, { name: "Ann" });
    if (!made.ok) throw new Error("refused");
    const contactId = made.value.id;
    await expect(updateContact(a.as("viewer"), { contactId, name: "X" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateContact(b.ctx, { contactId, name: "X" })).rejects.toMatchObject({ code: "not_found" });
  });
});
