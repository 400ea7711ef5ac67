import { expect, test } from "vitest";
import { findOrganization, listMemberships } from "@/db/system";
import { listAuditEntries } from "@/lib/events";
import { newId } from "@/lib/platform/ids";
import { emptyPgliteDatabase } from "@/tests/database";
import { createOrganization } from "./create-organization";
import { createTestPerson, founding } from "./testing/people";

const database = await emptyPgliteDatabase();
const base = founding(database);

test("an organisation is founded with its founder as owner, and both are in the audit", async () => {
  const ann = await createTestPerson(database, "ann@example.test");
  const { ctx, organization } = await createOrganization(
    base,
    { name: "Café Ümlaut", trade: "restaurant", country: "de", timeZone: "Europe/Berlin" },
    { owner: { userId: ann.userId, label: "Ann" } },
  );
  expect(organization).toMatchObject({ slug: "cafe-umlaut", currency: "EUR", country: "DE", onboarding: { step: 1 } });
  expect(await listMemberships(database, ann.userId)).toMatchObject([{ slug: "cafe-umlaut", role: "owner" }]);
  const { items } = await listAuditEntries(ctx, {});
  expect(items.map((entry) => [entry.action, entry.actorLabel]).sort()).toEqual([
    ["member.added", "Ann"],
    ["organization.created", "Ann"],
  ]);
});

test("the same name finds another address, also when both are founded at once", async () => {
  const owner = { userId: (await createTestPerson(database, "bob@example.test")).userId, label: "Bob" };
  const made = await Promise.all(
    Array.from({ length: 5 }, () => createOrganization(base, { name: "Harbour Salon" }, { owner })),
  );
  const slugs = made.map(({ organization }) => organization.slug);
  expect(new Set(slugs).size).toBe(5);
  expect(slugs).toContain("harbour-salon");
  for (const slug of slugs) expect(await findOrganization(database, { slug })).toBeDefined();
});

test("wrong fields are named and nothing is written", async () => {
  const owner = { userId: newId("user"), label: "Nobody" };
  await expect(createOrganization(base, { name: " ", timeZone: "Mars/Olympus" }, { owner })).rejects.toMatchObject({
    code: "invalid_input",
    options: { fields: [{ path: "name" }, { path: "timeZone" }] },
  });
});
