import type { Turn } from "../scripts/script";

export const greeting: Turn = { agent: "$assistant.firstMessage | Thank you for calling. How can I help you?" };

export const trouble = "I am sorry, I could not do that just now.";

export const goodbye: Turn[] = [
  { agent: "Thank you for calling. Goodbye!" },
  { tool: "end_call", args: {}, isOptional: true },
  { hangUp: "assistant" },
];

/** Wherever the tool put its free times: found ones, or those offered along with a refusal. */
const firstOffer = "$slots.data.offers[0] | $slots.offers[0]";

/** Asks for times as `args` say; if there are none, for any time at all. Leaves the chosen one in `offer`. */
export function findOffer(args: Record<string, unknown>): Turn[] {
  return [
    { tool: "find_slots", args, saveAs: "slots" },
    { say: `$slots.say | ${trouble}` },
    { set: { offer: firstOffer } },
    {
      if: "$offer.slot",
      play: [],
      otherwise: [
        { caller: "Then what is the next time you have?" },
        { tool: "find_slots", args: { service: "$service" }, saveAs: "slots" },
        { say: `$slots.say | ${trouble}` },
        { set: { offer: firstOffer } },
      ],
    },
  ];
}

export const leaveMessage: Turn[] = [
  { caller: "Could you take a message and have somebody call me back?" },
  {
    tool: "take_message",
    args: { message: "Please call {{name}} back about {{service}}.", name: "$name", phone: "$customer.number" },
    saveAs: "message",
  },
  { say: `$message.say | ${trouble}` },
];

/** Books `offer`; when it has just gone, takes the first of the times offered instead. */
export const bookOffer: Turn[] = [
  {
    tool: "book_appointment",
    args: { slot: "$offer.slot", name: "$name", phone: "$customer.number" },
    saveAs: "booked",
    filler: "One moment while I book that.",
    ifDone: [{ say: "$booked.say" }],
    ifRefused: [
      { say: `$booked.say | ${trouble}` },
      { set: { offer: "$booked.offers[0]" } },
      {
        if: "$offer.slot",
        play: [
          { caller: "All right, {{offer.say | the first one}} then." },
          {
            tool: "book_appointment",
            args: { slot: "$offer.slot", name: "$name", phone: "$customer.number" },
            saveAs: "booked",
          },
          { say: `$booked.say | ${trouble}` },
        ],
        otherwise: leaveMessage,
      },
    ],
  },
];

export const holdOffer: Turn = { tool: "hold_slot", args: { slot: "$offer.slot" }, saveAs: "held", isOptional: true };

export const tellName: Turn[] = [{ agent: "May I have your name, please?" }, { caller: "It is {{name}}." }];

export function booking(window: string): Turn[] {
  return [
    greeting,
    { caller: `Hi, I would like to book a {{service}}. Do you have anything {{day}} ${window}?` },
    ...findOffer({ service: "$service", day: "$day", window }),
    {
      if: "$offer.slot",
      play: [
        { caller: "{{offer.say | The first one}} works for me." },
        holdOffer,
        ...tellName,
        ...bookOffer,
        { caller: "Great, thank you. Bye!" },
      ],
      otherwise: leaveMessage,
    },
    ...goodbye,
  ];
}

export const bookingAnalysis = {
  summary: "{{name}} called to book {{service}}. {{booked.say | No time was booked.}}",
  structuredData: { intent: "book", service: "$service", startsAt: "$offer.startsAt" },
  success: "$booked.data",
};
