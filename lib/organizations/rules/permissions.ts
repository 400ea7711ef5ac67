/** What may be done. Reads of an organisation's things need "read"; everything else is named by its noun. */
export const permissions = [
  "read",
  "calls.write",
  "bookings.write",
  "contacts.write",
  "contacts.erase",
  "scheduling.configure",
  "agents.write",
  "connections.manage",
  "organization.manage",
  "members.manage",
  "audit.read",
  "billing.read",
  "billing.manage",
  "ledger.write",
  "owners.manage",
] as const;

export type Permission = (typeof permissions)[number];
export type MemberRole = "owner" | "admin" | "member" | "viewer";

const byRole: Record<MemberRole, ReadonlySet<Permission>> = {
  viewer: new Set<Permission>(["read"]),
  member: new Set<Permission>(["read", "calls.write", "bookings.write", "contacts.write"]),
  admin: new Set<Permission>(
    permissions.filter((p) => !["owners.manage", "billing.manage", "ledger.write"].includes(p)),
  ),
  owner: new Set<Permission>(permissions.filter((p) => p !== "ledger.write")),
};

/** What an agent may do in a call: never configuration, never people. */
const byAgent: ReadonlySet<Permission> = new Set<Permission>([
  "read",
  "calls.write",
  "bookings.write",
  "contacts.write",
]);

export type PermissionActor = { kind: string; role?: MemberRole };

export function may(actor: PermissionActor, permission: Permission): boolean {
  if (actor.kind === "member") return actor.role !== undefined && byRole[actor.role].has(permission);
  if (actor.kind === "agent" || actor.kind === "contact") return byAgent.has(permission);
  return (
    actor.kind === "system" ||
    actor.kind === "operator" ||
    (actor.kind === "webhook" &&
      (permission === "read" || permission === "calls.write" || permission === "contacts.write"))
  );
}
