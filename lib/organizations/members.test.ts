import { describe, expect, test } from "vitest";
import { listMemberships } from "@/db/system";
import { listAuditEntries } from "@/lib/events";
import { pgliteDatabase, postgresDatabase, postgresUnavailable } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { changeMemberRole } from "./change-member-role";
import { listMembers } from "./list-members";
import { removeMember } from "./remove-member";

const database = await pgliteDatabase();
const person = (
  org: Awaited<ReturnType<typeof createTestOrganization>>,
  role: "owner" | "admin" | "member" | "viewer",
) => {
  const found = org.people[role];
  if (!found) throw new Error(`no ${role}`);
  return found;
};

describe("who may change whom", () => {
  test("an admin changes members and viewers, and it stands in the audit", async () => {
    const org = await createTestOrganization(database);
    const { memberId, userId } = person(org, "viewer");
    expect(await changeMemberRole(org.as("admin"), { memberId, role: "member" })).toMatchObject({ ok: true });
    expect(await listMemberships(database, userId)).toMatchObject([{ role: "member" }]);
    const { items } = await listAuditEntries(org.ctx, { subjectId: memberId });
    expect(items).toMatchObject([{ action: "member.updated", changes: { role: { from: "viewer", to: "member" } } }]);
  });

  test("an admin neither makes, changes nor removes owners", async () => {
    const org = await createTestOrganization(database);
    const owner = person(org, "owner").memberId;
    const member = person(org, "member").memberId;
    const admin = org.as("admin");
    expect(await changeMemberRole(admin, { memberId: member, role: "owner" })).toMatchObject({ reason: "owners_only" });
    expect(await changeMemberRole(admin, { memberId: owner, role: "viewer" })).toMatchObject({ reason: "owners_only" });
    expect(await removeMember(admin, { memberId: owner })).toMatchObject({ reason: "owners_only" });
    expect((await listMembers(admin)).map((each) => each.role)).toEqual(["owner", "admin", "member", "viewer"]);
  });

  test("the last owner stays owner and stays", async () => {
    const org = await createTestOrganization(database);
    const owner = person(org, "owner").memberId;
    expect(await removeMember(org.as("owner"), { memberId: owner })).toMatchObject({ reason: "last_owner" });
    expect(await changeMemberRole(org.as("owner"), { memberId: owner, role: "admin" })).toMatchObject({
      reason: "last_owner",
    });
    await changeMemberRole(org.as("owner"), { memberId: person(org, "admin").memberId, role: "owner" });
    expect(await removeMember(org.as("owner"), { memberId: owner })).toMatchObject({ ok: true });
  });

  test("members and viewers manage nobody, but may leave", async () => {
    const org = await createTestOrganization(database);
    const viewer = person(org, "viewer");
    for (const role of ["member", "viewer"] as const) {
      const memberId = person(org, "admin").memberId;
      await expect(removeMember(org.as(role), { memberId })).rejects.toMatchObject({ code: "forbidden" });
      await expect(changeMemberRole(org.as(role), { memberId, role: "viewer" })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    expect(await removeMember(org.as("viewer"), { memberId: viewer.memberId })).toMatchObject({ ok: true });
    expect(await listMemberships(database, viewer.userId)).toEqual([]);
  });
});

test("the owner of one organisation finds nobody of another", async () => {
  const a = await createTestOrganization(database);
  const b = await createTestOrganization(database);
  const { memberId, userId } = person(b, "viewer");
  await expect(removeMember(a.as("owner"), { memberId })).rejects.toMatchObject({ code: "not_found" });
  await expect(changeMemberRole(a.as("owner"), { memberId, role: "admin" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await listMemberships(database, userId)).toMatchObject([{ role: "viewer" }]);
  expect((await listMembers(a.ctx)).some((each) => each.id === memberId)).toBe(false);
});

const unavailable = postgresUnavailable();
describe.skipIf(unavailable)(`on real PostgreSQL${unavailable ? ` (${unavailable})` : ""}`, () => {
  test("two owners who remove each other at once leave one owner", async () => {
    const real = await postgresDatabase();
    for (let round = 0; round < 10; round++) {
      const org = await createTestOrganization(real);
      const [one, two] = [person(org, "owner").memberId, person(org, "admin").memberId];
      await changeMemberRole(org.as("owner"), { memberId: two, role: "owner" });
      const ctx = org.as("owner");
      const outcomes = await Promise.all([removeMember(ctx, { memberId: one }), removeMember(ctx, { memberId: two })]);
      expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
      expect((await listMembers(org.ctx)).filter((each) => each.role === "owner")).toHaveLength(1);
    }
  });
});
