import { endedBecause } from "../../calls/rules/ended-reason";

/** Raised with every change of the rule; each counted call keeps the version it was counted by. */
export const RULE_VERSION = 3;
/** Shorter calls cost nothing: a wrong number, a hang-up at the greeting. */
export const FREE_SECONDS = 6;

/** What lib/calls/reconcile-call.ts ends a call with that nobody reports: its end is then the moment we stopped asking. */
const GIVEN_UP = new Set(["unknown", "not-found"]);

export type Unbilled = "test_call" | "not_answered" | "our_failure" | "too_short" | "limited";

export type EndedCall = {
  kind: "phone" | "web" | "test";
  answeredAt: Date | null;
  endedAt: Date | null;
  /** The provider's word for why. */
  endedReason: string | null;
  /** The provider's own length, used where it does not say both ends. */
  durationSeconds: number | null;
  /** The provider has reported the call: its end is the real one. */
  isReported: boolean;
  /** Its caller could only leave a message, because the organisation was limited. */
  isLimited: boolean;
  /** Something was still said in it after the end that was told. */
  outlivedEnd?: boolean;
  /** The last thing that was heard of the call. */
  lastHeardAt: Date | null;
};

export type Counted = { seconds: number; minutes: number; unbilled: Unbilled | null };

/**
 * What a call counts for, by rule 3: from pick-up to the end, rounded up once to whole minutes. Nothing for test calls, calls that nobody
 * answered, calls in which only a message could be left, calls that a failure of ours or of who works for us cut short (and that did not go on
 * after it), and calls of less than six seconds. A call that got stuck and was
 * never reported is counted to the last thing heard of it, not to when we gave up on it.
 */
export function countCall(call: EndedCall): Counted {
  const seconds = lengthOf(call);
  const unbilled = reasonOf(call, seconds);
  return { seconds, minutes: unbilled ? 0 : Math.ceil(seconds / 60), unbilled };
}

/** What a call of that length counts for where nothing else keeps it from being charged. */
export const minutesOfLength = (seconds: number): number => (seconds < FREE_SECONDS ? 0 : Math.ceil(seconds / 60));

function reasonOf(call: EndedCall, seconds: number): Unbilled | null {
  if (call.kind === "test") return "test_call";
  if (call.isLimited) return "limited";
  const because = endedBecause(call.endedReason);
  if (because === "error" && !call.outlivedEnd) return "our_failure";
  if (because === "unanswered" || (!call.answeredAt && seconds === 0)) return "not_answered";
  return seconds < FREE_SECONDS ? "too_short" : null;
}

/** When a call ended, as far as anybody heard of it: the end of one that got stuck is the moment we gave up. */
export function heardEnd({ answeredAt, endedAt, isReported, lastHeardAt, endedReason }: EndedCall): Date | null {
  const isGuessed = !isReported && GIVEN_UP.has(endedReason ?? "");
  const heard = lastHeardAt ?? answeredAt;
  return isGuessed && heard ? earlier(heard, endedAt) : endedAt;
}

function lengthOf(call: EndedCall): number {
  const { answeredAt, durationSeconds, isReported } = call;
  if (!answeredAt) return isReported ? Math.max(0, Math.ceil(durationSeconds ?? 0)) : 0;
  const end = heardEnd(call);
  if (!end) return Math.max(0, durationSeconds ?? 0);
  return Math.max(0, Math.ceil((end.getTime() - answeredAt.getTime()) / 1000));
}

const earlier = (a: Date, b: Date | null): Date => (b && b < a ? b : a);
