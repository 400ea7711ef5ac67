import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { users } from "@/db/schema";
import { findOrganization, listMemberships } from "@/db/system";
import { withSystem } from "@/db/tenant";
import { createTestPerson, founding } from "@/lib/organizations/testing/people";
import { emptyPgliteDatabase } from "@/tests/database";
import { applyIdentityChange } from "./apply-identity-change";
import type { ExternalMembership, ExternalOrganization, ExternalPerson, IdentityChange } from "./ports";
import { recogniseSession } from "./recognise-session";

const database = await emptyPgliteDatabase();
const base = founding(database);
let serial = 0;
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 9, minute));

/** Facts about one person and one organisation, unlike those of any other test. */
function scene() {
  const n = ++serial;
  const person = (minute: number, more: Partial<ExternalPerson> = {}): ExternalPerson => ({
    externalId: `user_${n}`,
    email: `person${n}@example.test`,
    emailVerified: true,
    name: `Person ${n}`,
    image: null,
    updatedAt: at(minute),
    ...more,
  });
  const organization = (minute: number, more: Partial<ExternalOrganization> = {}): ExternalOrganization => ({
    externalId: `org_${n}`,
    name: `Org ${n}`,
    slug: `org-${n}`,
    createdBy: null,
    updatedAt: at(minute),
    ...more,
  });
  const membership = (minute: number, more: Partial<ExternalMembership> = {}): ExternalMembership => ({
    organization: organization(0),
    personExternalId: `user_${n}`,
    role: "member",
    updatedAt: at(minute),
    ...more,
  });
  const tell = (change: IdentityChange, id = `msg_${n}_${++serial}`) =>
    applyIdentityChange(base, { id, type: change.kind, change });
  const row = async () =>
    (
      await withSystem(database, (tx) =>
        tx
          .select()
          .from(users)
          .where(eq(users.externalId, `user_${n}`)),
      )
    )[0];
  const memberships = async () => {
    const found = await row();
    return found ? listMemberships(database, found.id) : [];
  };
  return { n, person, organization, membership, tell, row, memberships };
}

const shuffled = <T>(items: T[], seed: number): T[] =>
  items
    .map((item, i) => ({ item, key: Math.sin(seed * 97 + i * 13) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);

test("in whatever order they come, deliveries end in the same state", async () => {
  for (let seed = 0; seed < 12; seed++) {
    const s = scene();
    const changes: IdentityChange[] = [
      { kind: "person.saved", person: s.person(1) },
      { kind: "person.saved", person: s.person(5, { name: "Renamed" }) },
      { kind: "organization.saved", organization: s.organization(1) },
      { kind: "organization.saved", organization: s.organization(6, { name: "Latest" }) },
      { kind: "membership.saved", membership: s.membership(2), person: s.person(0) },
      { kind: "membership.saved", membership: s.membership(7, { role: "admin" }), person: s.person(0) },
    ];
    for (const change of shuffled(changes, seed)) await s.tell(change);
    expect(await s.memberships(), `seed ${seed}`).toMatchObject([{ role: "admin", name: "Latest" }]);
    expect(await s.row()).toMatchObject({ name: "Renamed", email: `person${s.n}@example.test` });
  }
});

test("a delivery seen before changes nothing", async () => {
  const s = scene();
  const change: IdentityChange = { kind: "membership.saved", membership: s.membership(1), person: s.person(1) };
  expect(await s.tell(change, "msg_same")).toBe("applied");
  await s.tell({
    kind: "membership.deleted",
    organizationExternalId: `org_${s.n}`,
    personExternalId: `user_${s.n}`,
    at: at(2),
  });
  expect(await s.tell(change, "msg_same")).toBe("seen");
  expect(await s.memberships()).toEqual([]);
});

test("a membership ended stays ended for late news, and can be made anew", async () => {
  const s = scene();
  await s.tell({
    kind: "membership.deleted",
    organizationExternalId: `org_${s.n}`,
    personExternalId: `user_${s.n}`,
    at: at(5),
  });
  await s.tell({ kind: "membership.saved", membership: s.membership(3), person: s.person(1) });
  expect(await s.memberships()).toEqual([]);
  await s.tell({ kind: "membership.saved", membership: s.membership(8), person: s.person(1) });
  expect(await s.memberships()).toMatchObject([{ role: "member" }]);
  await s.tell({
    kind: "membership.deleted",
    organizationExternalId: `org_${s.n}`,
    personExternalId: `user_${s.n}`,
    at: at(6),
  });
  expect(await s.memberships()).toMatchObject([{ role: "member" }]);
});

test("a deleted person is gone with all memberships and does not come back", async () => {
  const s = scene();
  await s.tell({ kind: "membership.saved", membership: s.membership(1), person: s.person(1) });
  await s.tell({ kind: "person.deleted", externalId: `user_${s.n}`, at: at(2) });
  await s.tell({ kind: "person.saved", person: s.person(9) });
  expect(await s.row()).toBeUndefined();
});

test("a deleted organisation lets nobody in, and late news does not open it", async () => {
  const s = scene();
  await s.tell({ kind: "membership.saved", membership: s.membership(1), person: s.person(1) });
  await s.tell({ kind: "organization.deleted", externalId: `org_${s.n}`, at: at(2) });
  await s.tell({ kind: "membership.saved", membership: s.membership(3), person: s.person(1) });
  expect(await s.memberships()).toEqual([]);

  const never = scene();
  await never.tell({ kind: "organization.deleted", externalId: `org_${never.n}`, at: at(2) });
  await never.tell({ kind: "organization.saved", organization: never.organization(1) });
  expect(await findOrganization(database, { externalId: `org_${never.n}` })).toBeUndefined();
});

test("the founder owns the organisation, whichever delivery names them", async () => {
  for (const founderFirst of [true, false]) {
    const s = scene();
    const createdBy = `user_${s.n}`;
    const news: IdentityChange[] = [
      { kind: "organization.saved", organization: s.organization(1, { createdBy }) },
      {
        kind: "membership.saved",
        membership: s.membership(1, {
          role: "admin",
          organization: s.organization(1, founderFirst ? {} : { createdBy }),
        }),
        person: s.person(1),
      },
    ];
    for (const change of founderFirst ? news.reverse() : news) await s.tell(change);
    expect(await s.memberships()).toMatchObject([{ role: "owner" }]);
  }
});

test("a proven address joins the person we know; an unproven one does not", async () => {
  const s = scene();
  const local = await createTestPerson(database, `person${s.n}@example.test`, "Known");
  await s.tell({ kind: "person.saved", person: s.person(1, { emailVerified: false }) });
  expect(await s.row()).toBeUndefined();
  await s.tell({ kind: "person.saved", person: s.person(2) });
  expect(await s.row()).toMatchObject({ id: local.userId });
});

const session = (s: ReturnType<typeof scene>, minute: number, role: "admin" | "member" | null = null) => ({
  externalId: `user_${s.n}`,
  email: `person${s.n}@example.test` as string | null,
  emailVerified: true,
  name: "",
  issuedAt: at(minute),
  organization: role && { externalId: `org_${s.n}`, slug: `org-${s.n}`, role },
});
const nobody = async () => undefined;

test("a session makes the person, the organisation and the membership on first sight", async () => {
  const s = scene();
  const viewer = await recogniseSession(base, session(s, 1, "admin"), nobody);
  expect(viewer).toMatchObject({ email: `person${s.n}@example.test` });
  expect(await s.memberships()).toMatchObject([{ slug: `org-${s.n}`, role: "owner" }]);
  expect(await recogniseSession(base, session(s, 2, "admin"), nobody)).toEqual(viewer);
  expect(await s.memberships()).toMatchObject([{ role: "owner" }]);
});

test("eight requests at once make one person and one organisation", async () => {
  const s = scene();
  const viewers = await Promise.all(
    Array.from({ length: 8 }, () => recogniseSession(base, session(s, 1, "member"), nobody)),
  );
  expect(new Set(viewers.map((viewer) => viewer?.userId)).size).toBe(1);
  expect(await s.memberships()).toHaveLength(1);
});

test("a token older than a change of role does not undo it, nor one that outlives the membership", async () => {
  const s = scene();
  await s.tell({ kind: "membership.saved", membership: s.membership(1, { role: "admin" }), person: s.person(1) });
  await s.tell({ kind: "membership.saved", membership: s.membership(5), person: s.person(1) });
  await recogniseSession(base, session(s, 3, "admin"), nobody);
  expect(await s.memberships()).toMatchObject([{ role: "member" }]);
  await s.tell({
    kind: "membership.deleted",
    organizationExternalId: `org_${s.n}`,
    personExternalId: `user_${s.n}`,
    at: at(7),
  });
  await recogniseSession(base, session(s, 6, "member"), nobody);
  expect(await s.memberships()).toEqual([]);
});

test("without an address in the token the provider is asked once", async () => {
  const s = scene();
  let asked = 0;
  const fetchPerson = async () => {
    asked++;
    return s.person(1);
  };
  const token = { ...session(s, 2), email: null };
  const first = await recogniseSession(base, token, fetchPerson);
  expect(await recogniseSession(base, token, fetchPerson)).toEqual(first);
  expect(asked).toBe(1);
});

test("an address that the token does not call proven is the provider's to say; one it does call so is, from then on", async () => {
  const s = scene();
  const unproven = { ...session(s, 2), emailVerified: false };
  const asked = async () => s.person(1, { emailVerified: false });
  expect(await recogniseSession(base, unproven, asked)).toMatchObject({ emailVerified: false });
  expect(await recogniseSession(base, unproven, nobody)).toMatchObject({ emailVerified: false });
  expect(await recogniseSession(base, session(s, 3), nobody)).toMatchObject({ emailVerified: true });
  expect(await s.row()).toMatchObject({ emailVerified: true });
});

test("an address typed in at the provider and never proven opens nobody's account here", async () => {
  const s = scene();
  await createTestPerson(database, `person${s.n}@example.test`, "Known");
  const unproven = { ...session(s, 2), emailVerified: false };
  expect(await recogniseSession(base, unproven, async () => s.person(1, { emailVerified: false }))).toBeNull();
  expect(await s.row()).toBeUndefined();
});

test("the session of a deleted person is nobody's", async () => {
  const s = scene();
  await s.tell({ kind: "person.saved", person: s.person(1) });
  await s.tell({ kind: "person.deleted", externalId: `user_${s.n}`, at: at(2) });
  expect(await recogniseSession(base, session(s, 1, "admin"), nobody)).toBeNull();
});
