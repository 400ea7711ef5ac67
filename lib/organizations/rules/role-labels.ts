import type { MemberRole } from "./permissions";

export const memberRoles = ["owner", "admin", "member", "viewer"] as const satisfies readonly MemberRole[];

export const roleLabels: Record<MemberRole, string> = {
  owner: "Owner",
  admin: "Admin",
  member: "Member",
  viewer: "Viewer",
};

export const roleHelp: Record<MemberRole, string> = {
  owner: "Everything, other owners included.",
  admin: "Everything but owners.",
  member: "Calls, bookings and contacts; no settings.",
  viewer: "Looks, changes nothing.",
};
