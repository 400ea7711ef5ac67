import { createHash } from "node:crypto";
import type { Database } from "@/db/client";
import { members, organizations, users } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenant";
import { type Clock, fixedClock, systemClock } from "@/lib/platform/clock";
import { type Actor, type Context, type Role, systemActor } from "@/lib/platform/context";
import { newId } from "@/lib/platform/ids";
import { createLogger } from "@/lib/platform/logger";

const key = (purpose: string) => createHash("sha256").update(`test ${purpose}`).digest();

export function testContext(
  database: Database,
  orgId: string,
  options: { actor?: Actor; clock?: Clock } = {},
): Context {
  return {
    orgId,
    actor: options.actor ?? systemActor("test"),
    database,
    clock: options.clock ?? systemClock,
    log: createLogger({ level: "silent" }),
    keys: { secrets: key("secrets"), slots: key("slots"), urls: key("urls") },
  };
}

/** A fresh organisation with one member of each role; contexts act as the system unless asked for a role. */
export async function createTestOrganization(
  database: Database,
  options: { timeZone?: string; name?: string; now?: string | Clock; currency?: string } = {},
) {
  const orgId = newId("organization");
  const slug = `t-${orgId.slice(-12)}`;
  const clock =
    options.now === undefined ? systemClock : typeof options.now === "string" ? fixedClock(options.now) : options.now;
  await withTenant(database, orgId, (tx) =>
    tx.insert(organizations).values({
      id: orgId,
      slug,
      name: options.name ?? "Test Salon",
      timeZone: options.timeZone ?? "America/New_York",
      currency: options.currency ?? "USD",
    }),
  );
  const people: Partial<Record<Role, { userId: string; memberId: string }>> = {};
  for (const role of ["owner", "admin", "member", "viewer"] as const) {
    const userId = newId("user");
    const memberId = newId("member");
    await withSystem(database, (tx) =>
      tx.insert(users).values({ id: userId, email: `${userId}@example.test`, name: role }),
    );
    await withTenant(database, orgId, (tx) => tx.insert(members).values({ id: memberId, orgId, userId, role }));
    people[role] = { userId, memberId };
  }
  const as = (role: Role): Context => {
    const person = people[role];
    if (!person) throw new Error(`no ${role}`);
    return testContext(database, orgId, { actor: { kind: "member", role, label: role, ...person }, clock });
  };
  return { orgId, slug, ctx: testContext(database, orgId, { clock }), as, people };
}
