import { expect, test } from "vitest";
import { invitations } from "@/db/schema";
import { listMemberships } from "@/db/system";
import { withTenant } from "@/db/tenant";
import { pgliteDatabase } from "@/tests/database";
import { createTestOrganization } from "@/tests/organization";
import { acceptInvitation } from "./accept-invitation";
import { findOpenInvitation } from "./find-open-invitation";
import { inviteMember } from "./invite-member";
import { listInvitations } from "./list-invitations";
import { revokeInvitation } from "./revoke-invitation";
import { createTestPerson, founding } from "./testing/people";

const database = await pgliteDatabase();
const NOW = "2026-11-20T10:00:00Z";
const clockAt = (instant: string) => ({ now: () => new Date(instant) });
const base = founding(database, clockAt(NOW));

let serial = 0;
async function invited(options: { role?: "member" | "admin"; email?: string } = {}) {
  const org = await createTestOrganization(database, { now: NOW });
  const email = options.email ?? `guest${++serial}@example.test`;
  const outcome = await inviteMember(org.as("admin"), {
    email: ` ${email.toUpperCase()} `,
    role: options.role ?? "member",
  });
  if (!outcome.ok) throw new Error(outcome.reason);
  return { org, ...outcome.value };
}

test("whoever signs in with the invited address becomes a member, once", async () => {
  const { org, email, token } = await invited({ role: "admin" });
  const viewer = await createTestPerson(database, email, "Guest");
  expect(await acceptInvitation(base, { token, viewer })).toEqual({ ok: true, value: { slug: org.slug } });
  expect(await listMemberships(database, viewer.userId)).toMatchObject([{ slug: org.slug, role: "admin" }]);
  expect(await acceptInvitation(base, { token, viewer })).toMatchObject({ reason: "accepted" });
  expect(await listInvitations(org.as("admin"))).toEqual([]);
});

test("accepted many times at once it makes one membership", async () => {
  const { email, token } = await invited();
  const viewer = await createTestPerson(database, email);
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => acceptInvitation(base, { token, viewer })));
  expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  expect(await listMemberships(database, viewer.userId)).toHaveLength(1);
});

test("somebody else's address does not open it", async () => {
  const { token } = await invited();
  const viewer = await createTestPerson(database, `other${++serial}@example.test`);
  expect(await acceptInvitation(base, { token, viewer })).toMatchObject({ reason: "other_address" });
  expect(await listMemberships(database, viewer.userId)).toEqual([]);
});

test("it works for seven days and not a moment longer", async () => {
  const { email, token } = await invited();
  const viewer = await createTestPerson(database, email);
  const late = founding(database, clockAt("2026-11-27T10:00:00Z"));
  expect(await acceptInvitation(late, { token, viewer })).toMatchObject({ reason: "expired" });
  const early = founding(database, clockAt("2026-11-27T09:59:59Z"));
  expect(await acceptInvitation(early, { token, viewer })).toMatchObject({ ok: true });
});

test("a withdrawn or replaced invitation is worthless", async () => {
  const { org, email, token, invitationId } = await invited();
  const again = await inviteMember(org.as("owner"), { email, role: "viewer" });
  if (!again.ok) throw new Error(again.reason);
  const viewer = await createTestPerson(database, email);
  expect(await acceptInvitation(base, { token, viewer })).toMatchObject({ reason: "revoked" });
  await expect(revokeInvitation(org.as("admin"), { invitationId })).rejects.toMatchObject({ code: "not_found" });
  await revokeInvitation(org.as("admin"), { invitationId: again.value.invitationId });
  expect(await acceptInvitation(base, { token: again.value.token, viewer })).toMatchObject({ reason: "revoked" });
  expect(await listMemberships(database, viewer.userId)).toEqual([]);
});

test("the token exists in the link alone", async () => {
  const { org, token } = await invited();
  const rows = await withTenant(database, org.orgId, (tx) => tx.select().from(invitations));
  expect(JSON.stringify(rows)).not.toContain(token);
  expect((await findOpenInvitation(base, token))?.state).toBe("open");
  expect(await findOpenInvitation(base, "x".repeat(43))).toBeUndefined();
  expect(await findOpenInvitation(base, "../../etc")).toBeUndefined();
});

test("members are not invited again, and an admin invites no owner", async () => {
  const org = await createTestOrganization(database, { now: NOW });
  const email = `${org.people.viewer?.userId}@example.test`;
  expect(await inviteMember(org.as("admin"), { email, role: "member" })).toMatchObject({ reason: "already_member" });
  expect(await inviteMember(org.as("admin"), { email: "new@example.test", role: "owner" })).toMatchObject({
    reason: "owners_only",
  });
  await expect(inviteMember(org.as("member"), { email: "new@example.test", role: "viewer" })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(inviteMember(org.as("owner"), { email: "nonsense", role: "viewer" })).rejects.toMatchObject({
    code: "invalid_input",
  });
});

test("one organisation can neither see nor withdraw another's invitations", async () => {
  const { invitationId, email, token } = await invited();
  const other = await createTestOrganization(database, { now: NOW });
  expect(await listInvitations(other.as("owner"))).toEqual([]);
  await expect(revokeInvitation(other.as("owner"), { invitationId })).rejects.toMatchObject({ code: "not_found" });
  const viewer = await createTestPerson(database, email);
  expect(await acceptInvitation(base, { token, viewer })).toMatchObject({ ok: true });
});
