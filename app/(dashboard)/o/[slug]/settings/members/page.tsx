import type { Metadata } from "next";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { listInvitations, listMembers, may } from "@/lib/organizations";
import { memberContext } from "@/lib/wiring/member-context";
import { InvitationList } from "./_components/invitation-list";
import { InviteForm } from "./_components/invite-form";
import { MemberList } from "./_components/member-list";
import { inviteAction } from "./actions";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ params }: { params: Promise<{ slug: string }> }) {
  const { ctx, org, member } = await memberContext((await params).slug);
  const isProviders = org.externalId !== null;
  const canManage = may(ctx.actor, "members.manage") && !isProviders;
  const [members, invitations] = await Promise.all([listMembers(ctx), canManage ? listInvitations(ctx) : []]);
  return (
    <>
      <PageHeader
        title="Members"
        description={
          isProviders
            ? "The people of this organisation are managed in Clerk; changes there arrive here by themselves."
            : canManage
              ? "Who may see and change things here."
              : "Who may see and change things here. Owners and admins can invite people."
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Card>
          <CardHeader title={members.length === 1 ? "1 person" : `${members.length} people`} />
          <MemberList
            slug={org.slug}
            zone={org.timeZone}
            members={members}
            self={member.id}
            canManage={canManage}
            isOwner={may(ctx.actor, "owners.manage")}
          />
        </Card>
        {canManage && (
          <div className="flex flex-col gap-5">
            <Card>
              <CardHeader
                title="Invite somebody"
                description="They get a letter with a link that works for seven days."
              />
              <CardBody>
                <InviteForm
                  action={inviteAction.bind(null, org.slug)}
                  canInviteOwners={may(ctx.actor, "owners.manage")}
                />
              </CardBody>
            </Card>
            {invitations.length > 0 && (
              <Card>
                <CardHeader title="Open invitations" />
                <InvitationList slug={org.slug} zone={org.timeZone} invitations={invitations} />
              </Card>
            )}
          </div>
        )}
      </div>
    </>
  );
}
