import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Time } from "@/components/ui/time";
import type { Member } from "@/lib/organizations/schemas";
import { roleLabels } from "@/lib/organizations/schemas";
import { changeRoleAction, removeMemberAction } from "../actions";
import { RoleForm } from "./role-form";

export function MemberList({
  slug,
  zone,
  members,
  self,
  canManage,
  isOwner,
}: {
  slug: string;
  zone: string;
  members: readonly Member[];
  /** The viewer's own membership. */
  self: string;
  canManage: boolean;
  isOwner: boolean;
}) {
  return (
    <ul className="divide-y border-t">
      {members.map((member) => {
        const name = member.name || member.email;
        const mayChange = canManage && (isOwner || member.role !== "owner");
        const isSelf = member.id === self;
        return (
          <li key={member.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
            <Avatar name={name} className="size-8" />
            <div className="min-w-0 flex-1 basis-40">
              <p className="flex items-center gap-2">
                <span className="truncate font-medium">{name}</span>
                {isSelf && <Badge>You</Badge>}
              </p>
              <p className="truncate text-xs text-muted">
                {member.email} · since <Time instant={member.createdAt} zone={zone} format="date" />
              </p>
            </div>
            {mayChange ? (
              <RoleForm
                action={changeRoleAction.bind(null, slug)}
                memberId={member.id}
                name={name}
                role={member.role}
                canMakeOwners={isOwner}
              />
            ) : (
              <span className="text-muted">{roleLabels[member.role]}</span>
            )}
            {(mayChange || isSelf) && (
              <ConfirmButton
                label={isSelf ? "Leave" : "Remove"}
                size="sm"
                variant="ghost"
                title={isSelf ? "Leave this organisation?" : `Remove ${name}?`}
                consequence={
                  isSelf
                    ? "You lose access at once. Somebody who manages members can invite you again."
                    : "They lose access at once. What they did stays in the audit."
                }
                confirmLabel={isSelf ? "Leave" : "Remove"}
                cancelLabel={isSelf ? "Stay" : "Keep them"}
                action={removeMemberAction.bind(null, slug)}
                fields={{ memberId: member.id }}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
