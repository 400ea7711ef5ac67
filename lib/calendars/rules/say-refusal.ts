/** Shaped like `CalendarRefusal` of the noun's ports, which rules do not import. */
type Refusal = {
  reason: string;
  detail: { what?: string | undefined; retryAfterSeconds?: number | undefined } | undefined;
};

/** Why a calendar could not be read or written, for the person who can mend it. */
export function sayRefusal({ reason, detail }: Refusal): string {
  switch (reason) {
    case "revoked":
      return "The permission was withdrawn or has run out. Connect the account again.";
    case "gone":
      return "The calendar is not there any more. Choose another one, or connect the account again.";
    case "rate_limited":
      return "The vendor asks for a pause: too many requests.";
    case "conflict":
      return "The event was changed there at the same moment.";
    default:
      return (detail?.what || "The vendor did not answer.").slice(0, 300);
  }
}
