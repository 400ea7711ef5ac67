import { type Script, type ScriptSource, scriptShape } from "../scripts/script";
import {
  booking,
  bookingAnalysis,
  bookOffer,
  findOffer,
  goodbye,
  greeting,
  leaveMessage,
  tellName,
  trouble,
} from "./pieces";

const sources: Record<string, ScriptSource> = {
  booking: {
    description: "A new caller books a service for the morning of a day",
    turns: booking("morning"),
    analysis: bookingAnalysis,
  },
  "booking-afternoon": {
    description: "A new caller books a service for the afternoon of a day",
    variables: { name: "Daniel Okafor" },
    turns: booking("afternoon"),
    analysis: bookingAnalysis,
  },
  reschedule: {
    description: "A caller with a booking moves it to another time",
    turns: [
      greeting,
      { caller: "Hello, I have an appointment and I need to move it." },
      { tool: "find_booking", args: { phone: "$customer.number" }, saveAs: "found" },
      { say: `$found.say | ${trouble}` },
      {
        if: "$found.data.bookings[0].booking",
        play: [
          { caller: "Yes, that one. Could I come {{newDay}} instead?" },
          ...findOffer({ service: "$found.data.bookings[0].service | $service", day: "$newDay" }),
          {
            if: "$offer.slot",
            play: [
              { caller: "{{offer.say | The first one}}, please." },
              {
                tool: "reschedule_booking",
                args: { booking: "$found.data.bookings[0].booking", slot: "$offer.slot" },
                saveAs: "moved",
              },
              { say: `$moved.say | ${trouble}` },
              { caller: "Perfect, thanks." },
            ],
            otherwise: leaveMessage,
          },
        ],
        otherwise: leaveMessage,
      },
      ...goodbye,
    ],
    variables: { newDay: "tomorrow" },
    analysis: {
      summary: "{{name}} called to move an appointment. {{moved.say | It was not moved.}}",
      structuredData: { intent: "reschedule", startsAt: "$offer.startsAt" },
      success: "$moved.data",
    },
  },
  cancel: {
    description: "A caller with a booking cancels it",
    turns: [
      greeting,
      { caller: "Hi, I am afraid I have to cancel my appointment." },
      { tool: "find_booking", args: { phone: "$customer.number" }, saveAs: "found" },
      { say: `$found.say | ${trouble}` },
      {
        if: "$found.data.bookings[0].booking",
        play: [
          { caller: "Yes, please cancel it. Something came up at work." },
          {
            tool: "cancel_booking",
            args: { booking: "$found.data.bookings[0].booking", reason: "Something came up at work" },
            saveAs: "cancelled",
          },
          { say: `$cancelled.say | ${trouble}` },
          { caller: "Thank you." },
        ],
        otherwise: leaveMessage,
      },
      ...goodbye,
    ],
    analysis: {
      summary: "{{name}} called to cancel an appointment. {{cancelled.say | Nothing was cancelled.}}",
      structuredData: { intent: "cancel" },
      success: "$cancelled.data",
    },
  },
  "hours-question": {
    description: "A caller asks when the business is open",
    turns: [
      greeting,
      { caller: "Are you open on {{day}}?" },
      { tool: "business_hours", args: { day: "$day" }, saveAs: "hours" },
      { say: `$hours.say | ${trouble}` },
      { caller: "That is all I wanted to know. Bye!" },
      ...goodbye,
    ],
    variables: { day: "Saturday" },
    analysis: {
      summary: "The caller asked about opening hours. {{hours.say}}",
      structuredData: { intent: "hours" },
      success: "$hours.say",
    },
  },
  message: {
    description: "A caller leaves a message for the owner",
    turns: [
      greeting,
      { caller: "Is the manager in? It is about an invoice." },
      { agent: "I can take a message and pass it on. What shall I say?" },
      { caller: "Please ask them to call {{name}} about invoice forty two. It is rather urgent." },
      {
        tool: "take_message",
        args: {
          message: "Please call {{name}} about invoice 42.",
          name: "$name",
          phone: "$customer.number",
          urgent: true,
        },
        saveAs: "message",
      },
      { say: `$message.say | ${trouble}` },
      { caller: "Thanks, goodbye." },
      ...goodbye,
    ],
    analysis: {
      summary: "{{name}} left a message about invoice 42 and asked to be called back.",
      structuredData: { intent: "message", urgent: true },
      success: "$message.say",
    },
  },
  transfer: {
    description: "A caller asks for a person and is put through",
    turns: [
      greeting,
      { caller: "Can I speak to a real person, please?" },
      { tool: "transfer_to_human", args: { reason: "The caller asked for a person" }, saveAs: "transferred" },
      { say: `$transferred.say | ${trouble}` },
      {
        if: "$transferred.data.number | $transferred.data.destination.number | $transferred.data.destination",
        play: [
          {
            transfer: "$transferred.data.number | $transferred.data.destination.number | $transferred.data.destination",
          },
        ],
        otherwise: [...leaveMessage, ...goodbye],
      },
    ],
    analysis: {
      summary: "The caller asked to speak to a person.",
      structuredData: { intent: "transfer" },
      success: "$transferred.data",
    },
  },
  "hang-up": {
    description: "A caller hangs up while the assistant is still speaking",
    turns: [
      greeting,
      { caller: "Hi, do you have anything for a {{service}} {{day}}?" },
      { tool: "find_slots", args: { service: "$service", day: "$day" }, saveAs: "slots" },
      { agent: "$slots.say | Let me see what I can find for you.", cutAfterMs: 900 },
      { hangUp: "caller" },
    ],
    analysis: {
      summary: "The caller asked about {{service}} and hung up before choosing a time.",
      structuredData: { intent: "book" },
      success: "$nothing",
    },
  },
  interrupted: {
    description:
      "A caller breaks in while the booking is confirmed; the provider repeats the tool call with the same id",
    turns: [
      greeting,
      { caller: "I need a {{service}} {{day}}, as early as you can." },
      ...findOffer({ service: "$service", day: "$day", window: "morning" }),
      {
        if: "$offer.slot",
        play: [
          { caller: "{{offer.say | The first one}}. My name is {{name}}." },
          {
            tool: "book_appointment",
            args: { slot: "$offer.slot", name: "$name", phone: "$customer.number" },
            saveAs: "booked",
          },
          { agent: `$booked.say | ${trouble}`, cutAfterMs: 700, interrupted: true },
          { caller: "Sorry, did that go through?" },
          { tool: "book_appointment", repeat: "booked", saveAs: "again" },
          { say: `$again.say | ${trouble}` },
          { caller: "Lovely, thank you." },
        ],
        otherwise: leaveMessage,
      },
      ...goodbye,
    ],
    analysis: bookingAnalysis,
  },
  taken: {
    description: "Somebody else books the time first; the caller is refused and takes another offer",
    turns: [
      greeting,
      { caller: "Could I have a {{service}} {{day}} morning?" },
      ...findOffer({ service: "$service", day: "$day", window: "morning" }),
      {
        if: "$offer.slot",
        play: [
          { caller: "{{offer.say | The first one}}, please. Let me just check my calendar." },
          {
            rival: [
              greeting,
              { caller: "I would like {{offer.say | the first time you have}}, please. The name is {{rivalName}}." },
              {
                tool: "book_appointment",
                args: { slot: "$offer.slot", name: "$rivalName", phone: "$customer.number" },
                saveAs: "rivalBooked",
              },
              { say: "$rivalBooked.say" },
              ...goodbye,
            ],
          },
          ...tellName,
          ...bookOffer,
          { caller: "Good, see you then." },
        ],
        otherwise: leaveMessage,
      },
      ...goodbye,
    ],
    variables: { rivalName: "Priya Nair" },
    analysis: bookingAnalysis,
  },
  "assistant-fails": {
    description: "The assistant stops answering and the provider ends the call",
    turns: [
      greeting,
      { caller: "Hello, I would like to ask about a {{service}}." },
      { pauseMs: 5000 },
      { hang: true },
      { caller: "Hello? Are you still there?" },
      { pauseMs: 3000 },
      { fail: "pipeline-error-openai-llm-failed" },
    ],
    analysis: { summary: "The assistant stopped answering.", success: "$nothing" },
  },
};

/** The scenarios by name, in the order in which they are listed. */
export const scenarios: ReadonlyMap<string, Script> = new Map(
  Object.entries(sources).map(([name, source]) => [name, scriptShape.parse(source)]),
);
