export type EndedBecause =
  | "caller"
  | "agent"
  | "unanswered"
  | "transferred"
  | "voicemail"
  | "timeout"
  | "error"
  | "unknown";

/**
 * Vapi has some six hundred reasons and adds more (contracts: "map by prefix"); other adapters translate into its words.
 * The first prefix that fits decides, so longer ones stand before shorter ones.
 */
const prefixes: readonly (readonly [string, EndedBecause])[] = [
  ["customer-did-not-answer", "unanswered"],
  ["customer-busy", "unanswered"],
  ["customer-did-not-give-microphone-permission", "unanswered"],
  ["customer-", "caller"],
  ["assistant-request-returned-forwarding-phone-number", "transferred"],
  ["assistant-request-", "error"],
  ["assistant-forwarded-call", "transferred"],
  ["assistant-not-", "error"],
  ["assistant-join-timed-out", "error"],
  ["assistant-", "agent"],
  ["call.in-progress.sip-completed-call", "caller"],
  ["call.forwarding", "transferred"],
  ["call.", "error"],
  ["call-start-error", "error"],
  ["pipeline-", "error"],
  ["silence-timed-out", "timeout"],
  ["exceeded-max-duration", "timeout"],
  ["voicemail", "voicemail"],
  ["manually-canceled", "agent"],
  ["twilio-failed-to-connect-call", "unanswered"],
  ["twilio-", "error"],
  ["vonage-", "error"],
  ["not-found", "unknown"],
];

export function endedBecause(reason: string | null | undefined): EndedBecause {
  if (!reason) return "unknown";
  const found = prefixes.find(([prefix]) => reason.startsWith(prefix));
  if (found) return found[1];
  return /error|fail|fault/.test(reason) ? "error" : "unknown";
}
