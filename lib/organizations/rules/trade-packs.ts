import { type Trade, tradeLabels } from "./trade-labels";

export type PackService = {
  name: string;
  aliases: readonly string[];
  durationMinutes: number;
  bufferAfterMinutes: number;
  /** Hundredths of the currency's main unit, whatever its minor unit is; null = price on request. */
  priceCents: number | null;
};

/** Local minutes since midnight of one weekday (0 = Sunday … 6 = Saturday). */
export type PackHours = { weekday: number; startMinute: number; endMinute: number };

export type TradePack = {
  label: string;
  /** What a visit is called there. */
  visit: string;
  agentName: string;
  instructions: string;
  hours: readonly PackHours[];
  services: readonly PackService[];
  /** Who can be booked when the owner names nobody. */
  staffName: string;
};

const hours = (weekdays: readonly number[], from: number, to: number): PackHours[] =>
  weekdays.map((weekday) => ({ weekday, startMinute: from * 60, endMinute: to * 60 }));
const service = (
  name: string,
  durationMinutes: number,
  priceInMainUnits: number | null,
  aliases: readonly string[] = [],
  bufferAfterMinutes = 0,
): PackService => ({
  name,
  aliases,
  durationMinutes,
  bufferAfterMinutes,
  priceCents: priceInMainUnits === null ? null : priceInMainUnits * 100,
});

const weekdays = [1, 2, 3, 4, 5];

/** Where a new organisation begins; everything in a pack is shown and editable before it is used. */
export const tradePacks: Record<Trade, TradePack> = {
  clinic: {
    label: tradeLabels.clinic,
    visit: "appointment",
    agentName: "Front desk",
    instructions:
      "You answer for a clinic. Book, move and cancel appointments. Never give medical advice. If the caller describes an emergency, tell them to call the emergency number at once.",
    hours: hours(weekdays, 8, 17),
    services: [
      service("New patient visit", 45, 120, ["first visit", "new patient"], 10),
      service("Follow-up", 20, 60, ["check-up", "follow up"], 5),
      service("Telephone consultation", 15, 40, ["phone consultation"]),
    ],
    staffName: "Practitioner",
  },
  salon: {
    label: tradeLabels.salon,
    visit: "appointment",
    agentName: "Reception",
    instructions:
      "You answer for a salon. Find out which service and whom the caller would like, offer two or three times, and book. Say the price when asked.",
    hours: [...hours([2, 3, 4, 5], 9, 18), ...hours([6], 9, 16)],
    services: [
      service("Haircut", 45, 45, ["cut", "trim", "hair cut"], 5),
      service("Colour", 120, 110, ["color", "dye", "highlights"], 15),
      service("Blow-dry", 30, 30, ["blow dry", "styling"]),
      service("Beard trim", 20, 20, ["beard"]),
    ],
    staffName: "Stylist",
  },
  restaurant: {
    label: tradeLabels.restaurant,
    visit: "table",
    agentName: "Host",
    instructions:
      "You answer for a restaurant. Take reservations: how many people, which day and time, a name and a number. Note allergies and occasions.",
    hours: [...hours([2, 3, 4, 5], 12, 22), ...hours([6, 0], 11, 23)],
    services: [
      service("Table for two", 90, null, ["table for 2", "dinner for two"], 15),
      service("Table for four", 105, null, ["table for 4", "dinner for four"], 15),
      service("Large table", 150, null, ["group", "party"], 15),
    ],
    staffName: "Dining room",
  },
  trades: {
    label: tradeLabels.trades,
    visit: "visit",
    agentName: "Dispatch",
    instructions:
      "You answer for a trades business. Find out what is wrong, the address and how urgent it is, then book a visit. With gas, fire or water near electricity, say what to switch off and pass the call to a person.",
    hours: hours(weekdays, 7, 18),
    services: [
      service("Call-out", 60, 90, ["repair", "leak", "visit"], 30),
      service("Estimate", 30, 0, ["quote", "free estimate"], 30),
      service("Yearly service", 90, 140, ["maintenance", "boiler service"], 30),
    ],
    staffName: "Technician",
  },
  property: {
    label: tradeLabels.property,
    visit: "viewing",
    agentName: "Lettings desk",
    instructions:
      "You answer for a property business. Book viewings and valuations; take the property's address or reference. Never quote terms of a tenancy.",
    hours: [...hours(weekdays, 9, 18), ...hours([6], 10, 15)],
    services: [
      service("Viewing", 30, 0, ["showing", "see the flat"], 15),
      service("Valuation", 60, 0, ["appraisal"], 30),
      service("Maintenance visit", 60, null, ["repair"], 30),
    ],
    staffName: "Agent",
  },
  retail: {
    label: tradeLabels.retail,
    visit: "appointment",
    agentName: "Shop assistant",
    instructions:
      "You answer for a shop. Tell opening hours, book fittings and collections, and take a message for anything about an order.",
    hours: [...hours(weekdays, 9, 18), ...hours([6], 10, 17)],
    services: [
      service("Fitting", 30, 0, ["try on"], 5),
      service("Collection", 15, 0, ["pick up", "pickup"]),
      service("Personal consultation", 45, 0, ["advice"], 5),
    ],
    staffName: "Assistant",
  },
  other: {
    label: tradeLabels.other,
    visit: "appointment",
    agentName: "Front desk",
    instructions: "You answer the phone for this business. Book, move and cancel appointments, and take messages.",
    hours: hours(weekdays, 9, 17),
    services: [
      service("Appointment", 30, null, ["meeting", "booking"]),
      service("Consultation", 60, null, ["consult"]),
    ],
    staffName: "Team",
  },
};
