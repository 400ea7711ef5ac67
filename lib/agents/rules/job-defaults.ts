/** What each job starts with; a business changes it by publishing another version. */
export type JobDefaults = {
  title: string;
  summary: string;
  greeting: string;
  instructions: string;
  tools: readonly string[];
};

const manners = [
  "Speak briefly and plainly, one question at a time, and let the caller finish.",
  "Never invent a time, a price or a booking: say only what a tool has given you, and read a time back before you book it.",
  "Pass days and times to the tools the way the caller said them; do not work out dates yourself.",
  "When a tool refuses, say its sentence and offer what it offers.",
  "When you cannot help, or the caller wants a person, put them through or take a message.",
];

const booking = [
  "resolve_when",
  "find_slots",
  "hold_slot",
  "book_appointment",
  "book_series",
  "find_booking",
  "reschedule_booking",
  "cancel_booking",
  "check_policy",
  "join_waitlist",
  "waitlist_offer",
  "accept_offer",
] as const;
const always = ["lookup_contact", "take_message", "transfer_to_human", "end_call"] as const;

export const jobDefaults: Record<"front_desk" | "appointment_booker", JobDefaults> = {
  front_desk: {
    title: "Front desk",
    summary: "Answers every call, says when the business is open, books, changes and cancels, and passes the rest on.",
    greeting: "Thank you for calling {{business}}. How can I help you?",
    instructions: [
      "Find out what the caller wants and settle it: a question about opening hours, a new appointment, a change to one, or a message.",
      ...manners,
    ].join("\n"),
    tools: ["business_hours", ...booking, ...always],
  },
  appointment_booker: {
    title: "Appointment booker",
    summary: "Finds a time that suits, books it, and moves or cancels what is booked.",
    greeting: "Thank you for calling {{business}}. Would you like to book an appointment?",
    instructions: [
      "Book the appointment the caller wants: ask for the service, then the day, offer two or three times, ask for the name, book, and read the booking back.",
      "Hold the time the caller leans to while you ask for the name.",
      ...manners,
    ].join("\n"),
    tools: ["business_hours", ...booking, ...always],
  },
};
