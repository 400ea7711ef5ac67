export const inviteStateText = {
  expired: "This invitation has expired. Ask for a new one.",
  accepted: "This invitation has been accepted already.",
  revoked: "This invitation was withdrawn. Ask whoever sent it.",
  unknown: "This invitation does not exist.",
  other_address: "This invitation is for another e-mail address.",
};
