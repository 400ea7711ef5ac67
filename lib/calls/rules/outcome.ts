import { endedBecause } from "./ended-reason";

export type Outcome =
  | "booked"
  | "rescheduled"
  | "cancelled"
  | "message"
  | "transferred"
  | "answered"
  | "missed"
  | "failed";

/** What each tool means for the call when it succeeded; the first that applies names the outcome. */
const byTool: readonly (readonly [tool: string, outcome: Outcome])[] = [
  ["book_appointment", "booked"],
  ["book_series", "booked"],
  ["accept_offer", "booked"],
  ["reschedule_booking", "rescheduled"],
  ["cancel_booking", "cancelled"],
  ["transfer_to_human", "transferred"],
  ["take_message", "message"],
];

/** What came of a call that has ended; decided by its whole state, never by the order in which it was told. */
export function outcomeOf(call: {
  wasAnswered: boolean;
  endedReason: string | null;
  /** Names of the tools that succeeded. */
  succeededTools: readonly string[];
}): Outcome {
  const done = byTool.find(([tool]) => call.succeededTools.includes(tool));
  if (done) return done[1];
  const because = endedBecause(call.endedReason);
  if (because === "transferred") return "transferred";
  if (because === "error") return "failed";
  if (!call.wasAnswered || because === "unanswered" || because === "voicemail") return "missed";
  return "answered";
}
