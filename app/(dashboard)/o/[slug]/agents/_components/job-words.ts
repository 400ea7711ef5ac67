import type { AgentJob } from "@/lib/agents/schemas";

export const jobLabels: Record<AgentJob, string> = {
  front_desk: "Front desk",
  appointment_booker: "Appointment booker",
};

type Tool = { label: string; may: string };

/** What each tool lets an agent do, for an owner. */
export const toolWords: Record<string, Tool> = {
  business_hours: { label: "Opening hours", may: "Says when you are open." },
  resolve_when: { label: "Understand a time", may: "Works out which day and time a caller means." },
  find_slots: { label: "Find times", may: "Reads your calendar and offers free times." },
  hold_slot: { label: "Hold a time", may: "Keeps a time for a few minutes while the caller decides." },
  book_appointment: { label: "Book", may: "Puts an appointment into your calendar." },
  book_series: { label: "Book a series", may: "Books an appointment that repeats, where every date is free." },
  find_booking: {
    label: "Find a booking",
    may: "Reads the caller's own appointments, found by the number they call from.",
  },
  reschedule_booking: { label: "Move a booking", may: "Moves one of the caller's own appointments." },
  cancel_booking: { label: "Cancel a booking", may: "Cancels one of the caller's own appointments." },
  check_policy: { label: "Cancellation terms", may: "Says what cancelling or moving costs." },
  join_waitlist: { label: "Waiting list", may: "Puts a caller on the list when nothing that suits them is free." },
  waitlist_offer: { label: "Kept time", may: "Says which time is kept for a caller who waits, or passes it on." },
  accept_offer: { label: "Take a kept time", may: "Books the time that is kept for a caller who waits." },
  lookup_contact: { label: "Recognise the caller", may: "Reads the name kept with the number they call from." },
  take_message: { label: "Take a message", may: "Leaves a message for you under what needs you." },
  transfer_to_human: { label: "Put through", may: "Puts the call through to your transfer number." },
  end_call: { label: "Hang up", may: "Ends the call once the caller has said goodbye." },
};
