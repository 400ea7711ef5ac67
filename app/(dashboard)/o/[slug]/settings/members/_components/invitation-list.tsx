import { ConfirmButton } from "@/components/ui/confirm-button";
import { Time } from "@/components/ui/time";
import type { Invitation } from "@/lib/organizations/schemas";
import { roleLabels } from "@/lib/organizations/schemas";
import { revokeAction } from "../actions";

export function InvitationList({
  slug,
  zone,
  invitations,
}: {
  slug: string;
  zone: string;
  invitations: readonly Invitation[];
}) {
  return (
    <ul className="divide-y border-t">
      {invitations.map((invitation) => (
        <li key={invitation.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3">
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium">{invitation.email}</p>
            <p className="text-xs text-muted">
              {roleLabels[invitation.role]} · until <Time instant={invitation.expiresAt} zone={zone} format="date" />
            </p>
          </div>
          <ConfirmButton
            label="Withdraw"
            size="sm"
            variant="ghost"
            title={`Withdraw the invitation of ${invitation.email}?`}
            consequence="The link in the letter stops working."
            confirmLabel="Withdraw"
            action={revokeAction.bind(null, slug)}
            fields={{ invitationId: invitation.id }}
          />
        </li>
      ))}
    </ul>
  );
}
