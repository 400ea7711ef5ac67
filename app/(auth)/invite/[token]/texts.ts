export const inviteStateText = {
  expired: "This invitation has expired. Ask for a new one.",
  accepted: "This invitation has been accepted already.",
  revoked: "This invitation was withdrawn. Ask whoever sent it.",
  unknown: "This invitation does not exist.",
  plan_full: "This organisation's plan has no room for another member just now. Ask whoever invited you.",
  other_address: "This invitation is for another e-mail address.",
};
