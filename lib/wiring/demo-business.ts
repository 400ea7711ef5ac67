import type { ServiceInput, StaffInput, Week } from "@/lib/scheduling/schemas";

/** The invented business of the demo. */
export const demoBusiness = {
  name: "Marlowe & Finch Hair",
  trade: "salon",
  country: "GB",
  timeZone: "Europe/London",
  currency: "GBP",
} as const;

export const demoBookingPage = {
  welcome: "Hair and beards on the corner of Finch Lane. Choose what you would like; we see you at the time you pick.",
  afterBooking: "See you soon. Come five minutes early if it is your first time here.",
  phone: "020 7946 0321",
};

const span = (from: number, to: number) => [{ startMinute: from * 60, endMinute: to * 60 }];

/** Sunday first; open every day, so that "tomorrow" always has a time. */
export const demoWeek: Week = [
  span(10, 16),
  span(9, 18),
  span(9, 18),
  span(9, 18),
  span(9, 20),
  span(9, 20),
  span(9, 17),
];

export const demoServices: ServiceInput[] = [
  {
    name: "Haircut",
    aliases: ["cut", "trim", "hair cut"],
    durationMinutes: 45,
    bufferAfterMinutes: 5,
    priceCents: 4200,
  },
  {
    name: "Colour",
    aliases: ["color", "dye", "highlights", "balayage"],
    description: "Includes a consultation and a blow-dry.",
    durationMinutes: 120,
    bufferAfterMinutes: 15,
    priceCents: 11500,
  },
  { name: "Blow-dry", aliases: ["blow dry", "styling"], durationMinutes: 30, priceCents: 2800 },
  { name: "Beard trim", aliases: ["beard"], durationMinutes: 20, bufferAfterMinutes: 5, priceCents: 1800 },
];

export const demoPlace = { name: "Finch Lane", address: "7 Finch Lane, London EC3V 3NA" };

/** Fewer than people: one of them is taken by each booking of `demoChairsFor`. */
export const demoChairs = ["Colour chair by the window", "Colour chair at the back"];
export const demoChairsFor = "Colour";

/** Saved views of the calls, for everybody. */
export const demoCallViews = [
  { name: "Booked today", filter: { day: "today", outcome: "booked" } },
  { name: "Messages", filter: { outcome: "message" } },
] as const;

export const demoStaff: StaffInput[] = [
  { name: "Anna Marlowe" },
  { name: "Ben Finch" },
  {
    name: "Chloe Adeyemi",
    weekly: [[], [], span(10, 18), span(10, 18), span(12, 20), span(12, 20), span(9, 17)],
  },
];
