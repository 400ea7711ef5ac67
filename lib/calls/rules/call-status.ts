export type CallStatus = "queued" | "ringing" | "in_progress" | "forwarding" | "ended";

const rank: Record<CallStatus, number> = { queued: 0, ringing: 1, in_progress: 2, forwarding: 3, ended: 4 };

/** Messages arrive in any order: a call never goes back, whatever comes late. */
export const furtherStatus = (a: CallStatus, b: CallStatus | undefined): CallStatus =>
  b !== undefined && rank[b] > rank[a] ? b : a;
