import { type Refusal, refuse } from "@/lib/platform/result";
import type { MemberRole } from "./permissions";

export type MemberRefusal = "owners_only" | "last_owner" | "managed_elsewhere";

export const memberRefusalText: Record<MemberRefusal, string> = {
  owners_only: "Only an owner can do this.",
  last_owner: "This is the last owner. Make somebody else owner first.",
  managed_elsewhere: "The people of this organisation are managed in Clerk. Change them there.",
};

/**
 * Why a member may not be changed, undefined when they may: owners are made, changed and removed by owners alone, and the last one stays.
 * `to` is the new role, undefined for a removal.
 */
export function refusalOf(change: {
  byOwner: boolean;
  from: MemberRole;
  to: MemberRole | undefined;
  owners: number;
  isProviders: boolean;
}): Refusal<MemberRefusal> | undefined {
  if (change.isProviders) return refuse("managed_elsewhere");
  if ((change.from === "owner" || change.to === "owner") && !change.byOwner) return refuse("owners_only");
  if (change.from === "owner" && change.to !== "owner" && change.owners <= 1) return refuse("last_owner");
  return undefined;
}
