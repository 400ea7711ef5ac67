import type { StatusKind } from "@/components/ui/status";
import { formatTime } from "@/components/ui/time-format";
import type { CallSummary } from "@/lib/calls";

type Outcome = NonNullable<CallSummary["outcome"]>;

export const outcomeWords: Record<Outcome, { word: string; kind: StatusKind }> = {
  booked: { word: "Booked", kind: "done" },
  rescheduled: { word: "Booking moved", kind: "done" },
  cancelled: { word: "Booking cancelled", kind: "neutral" },
  message: { word: "Message", kind: "attention" },
  transferred: { word: "Transferred", kind: "done" },
  answered: { word: "Answered", kind: "neutral" },
  missed: { word: "Missed", kind: "attention" },
  failed: { word: "Failed", kind: "failed" },
};

export const outcomeOptions = Object.entries(outcomeWords).map(([value, { word }]) => ({ value, label: word }));

const stateWords: Record<CallSummary["status"], string> = {
  queued: "Waiting",
  ringing: "Ringing",
  in_progress: "Talking",
  forwarding: "Putting through",
  ended: "Ended",
};

export const isLive = (call: Pick<CallSummary, "status">): boolean => call.status !== "ended";

/** What came of a call, in a few words: "Booked Tue 24 Nov, 10:30". */
export function outcomeText(call: Pick<CallSummary, "outcome" | "booking" | "status">, zone: string): string | null {
  if (isLive(call)) return stateWords[call.status];
  if (!call.outcome) return null;
  const { word } = outcomeWords[call.outcome];
  if (call.outcome !== "booked" || !call.booking) return word;
  return `${word} ${formatTime(call.booking.startsAt, zone, "short")}`;
}

export const callState = (
  call: Pick<CallSummary, "status" | "outcome" | "needsReview">,
): { word: string; kind: StatusKind } => {
  if (isLive(call)) return { word: stateWords[call.status], kind: "live" };
  if (call.needsReview) return { word: "Needs review", kind: "attention" };
  if (call.outcome === null) return { word: "Ended", kind: "neutral" };
  return outcomeWords[call.outcome];
};

/** Millionths of a US dollar, as the components take them. */
export const costOf = (micros: number | null) =>
  micros === null ? null : { minor: micros, places: 6, currency: "USD" };

const toolTitles: Record<string, string> = {
  business_hours: "Looked up the opening hours",
  find_slots: "Looked for free times",
  hold_slot: "Held a time",
  book_appointment: "Booked an appointment",
  find_booking: "Looked for a booking",
  reschedule_booking: "Moved a booking",
  cancel_booking: "Cancelled a booking",
  lookup_contact: "Looked up the caller",
  take_message: "Took a message",
  transfer_to_human: "Put the caller through",
  end_call: "Ended the call",
};

/** What a tool does, in words; one we do not know keeps its name. */
export const toolTitle = (name: string): string =>
  (Object.hasOwn(toolTitles, name) && toolTitles[name]) || name.replaceAll("_", " ");
