import type { Mail } from "@/lib/platform/mail";

/** The letter with an invitation's link. */
export const invitationMail = (input: {
  to: string;
  organizationName: string;
  invitedBy: string;
  url: string;
}): Mail => ({
  to: input.to,
  subject: `${input.invitedBy} invites you to ${input.organizationName} on Caly`,
  text: [
    `${input.invitedBy} invites you to ${input.organizationName} on Caly, where its telephone is answered and its appointments are booked.`,
    "",
    `Accept here: ${input.url}`,
    "",
    `The link is for ${input.to} and works for seven days. If you did not expect it, ignore this letter.`,
  ].join("\n"),
  data: { link: input.url },
});
