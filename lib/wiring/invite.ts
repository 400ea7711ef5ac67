import "server-only";
import { type InviteRefusal, invitationMail, inviteMember } from "@/lib/organizations";
import type { MemberRole } from "@/lib/organizations/schemas";
import { type ActionState, done, failed } from "@/lib/platform/form-state";
import { MailError } from "@/lib/platform/mail";
import { enforceLimit } from "@/lib/platform/rate-limit";
import { app } from "./app";
import type { MemberContext } from "./member-context";

/** Letters one organisation may cause. */
const PER_ORGANIZATION = { limit: 50, windowSeconds: 24 * 3600 };

const refusalText: Record<InviteRefusal, string> = {
  already_member: "This person is a member already.",
  owners_only: "Only an owner can invite another owner.",
  managed_elsewhere: "The people of this organisation are managed in Clerk. Invite them there.",
};

/**
 * Invites and sends the letter. The link's token is known at this moment only (its hash is what is kept), so the letter cannot wait for
 * a job; when it cannot be sent the inviter is told, and inviting again replaces the link.
 */
export async function inviteAndTell(
  { ctx, viewer }: MemberContext,
  input: { email: string; role: MemberRole },
): Promise<ActionState> {
  const { env, limiter, mailer } = await app();
  await enforceLimit(limiter, `invite:${ctx.orgId}`, PER_ORGANIZATION);
  const outcome = await inviteMember(ctx, input);
  if (!outcome.ok) return failed(refusalText[outcome.reason], { email: refusalText[outcome.reason] });
  const { email, token, organizationName } = outcome.value;
  const url = `${env.appUrl}/invite/${token}`;
  try {
    await mailer.send(invitationMail({ to: email, organizationName, invitedBy: viewer.name || viewer.email, url }));
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    ctx.log.warn({ err: error }, "invitation not sent");
    return failed(`${email} is invited, but the letter could not be sent. Invite them again to send another.`);
  }
  return done(`${email} is invited.`);
}
