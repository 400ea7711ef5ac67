import { type CallStatus, furtherStatus } from "./call-status";

/** The part of a call that any message may complete. */
export type CallState = {
  status: CallStatus;
  fromNumber: string | null;
  toNumber: string | null;
  startedAt: Date;
  answeredAt: Date | null;
  endedAt: Date | null;
  endedReason: string | null;
  isReported: boolean;
};

export type Told = {
  status?: CallStatus | undefined;
  fromNumber?: string | undefined;
  toNumber?: string | undefined;
  createdAt?: Date | undefined;
  answeredAt?: Date | undefined;
  endedAt?: Date | undefined;
  endedReason?: string | undefined;
};

/**
 * A call after one more message. The report's word on the end is final; before it the latest end told counts.
 * Applying the same messages in another order gives the same state.
 */
export function withFacts(state: CallState, told: Told, isReport: boolean): CallState {
  const speaksOfEnd = isReport || !state.isReported;
  return {
    status: isReport ? "ended" : furtherStatus(state.status, told.status),
    fromNumber: state.fromNumber ?? told.fromNumber ?? null,
    toNumber: state.toNumber ?? told.toNumber ?? null,
    startedAt: earlier(state.startedAt, told.createdAt),
    answeredAt: told.answeredAt ? earlier(state.answeredAt ?? told.answeredAt, told.answeredAt) : state.answeredAt,
    endedAt: speaksOfEnd
      ? isReport
        ? (told.endedAt ?? state.endedAt)
        : later(state.endedAt, told.endedAt)
      : (state.endedAt ?? told.endedAt ?? null),
    endedReason: speaksOfEnd && told.endedReason ? told.endedReason : (state.endedReason ?? told.endedReason ?? null),
    isReported: state.isReported || isReport,
  };
}

/** Whole seconds from pick-up to the end; undefined until both are known. */
export const lengthSeconds = (state: Pick<CallState, "answeredAt" | "endedAt">): number | undefined =>
  state.answeredAt && state.endedAt
    ? Math.max(0, Math.round((state.endedAt.getTime() - state.answeredAt.getTime()) / 1000))
    : undefined;

const earlier = (a: Date, b: Date | undefined): Date => (b && b < a ? b : a);
const later = (a: Date | null, b: Date | undefined): Date | null => (a && b ? (b > a ? b : a) : (a ?? b ?? null));
