import { expect, test } from "vitest";
import { listAuditEntries } from "@/lib/events";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { getOrganization } from "./get-organization";
import { setOnboarding } from "./set-onboarding";
import { updateOrganization } from "./update-organization";

const database = await pgliteDatabase();

test("what is given changes, the rest and the address stay", async () => {
  const org = await createTestOrganization(database);
  const before = await getOrganization(org.ctx);
  await updateOrganization(org.as("admin"), { name: " New Name ", country: "gb", transferNumber: "020 7946 0958" });
  expect(await getOrganization(org.ctx)).toMatchObject({
    name: "New Name",
    country: "GB",
    transferNumber: "+442079460958",
    slug: before.slug,
    timeZone: before.timeZone,
  });
  const { items } = await listAuditEntries(org.ctx, {});
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({ action: "organization.updated", changes: { name: { to: "New Name" } } });
});

test("the same values again leave no trace, and an empty number removes it", async () => {
  const org = await createTestOrganization(database);
  await updateOrganization(org.ctx, { transferNumber: "+1 202 555 0123" });
  await updateOrganization(org.ctx, { transferNumber: "(202) 555-0123" });
  expect((await listAuditEntries(org.ctx, {})).items).toHaveLength(1);
  expect(await updateOrganization(org.ctx, { transferNumber: "" })).toMatchObject({ transferNumber: null });
});

test.each([
  [{ transferNumber: "call me" }, "transferNumber"],
  [{ timeZone: "Nowhere" }, "timeZone"],
  [{ currency: "XXX1" }, "currency"],
  [{ retentionDays: "0" }, "retentionDays"],
  [{ name: "" }, "name"],
])("%j is refused at its field", async (input, path) => {
  const org = await createTestOrganization(database);
  await expect(updateOrganization(org.ctx, input as never)).rejects.toMatchObject({
    code: "invalid_input",
    options: { fields: [{ path }] },
  });
});

test("members and viewers change nothing", async () => {
  const org = await createTestOrganization(database);
  for (const role of ["member", "viewer"] as const) {
    await expect(updateOrganization(org.as(role), { name: "Mine" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(setOnboarding(org.as(role), { step: "done" })).rejects.toMatchObject({ code: "forbidden" });
  }
  await setOnboarding(org.as("admin"), { step: 3, channel: "forward" });
  expect(await getOrganization(org.ctx)).toMatchObject({
    name: "Test Salon",
    onboarding: { step: 3, channel: "forward" },
  });
});
