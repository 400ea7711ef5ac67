import type { Receiver } from "./webhook-receiver";

export const toolNames = [
  "business_hours",
  "find_slots",
  "hold_slot",
  "book_appointment",
  "find_booking",
  "reschedule_booking",
  "cancel_booking",
  "take_message",
  "transfer_to_human",
  "end_call",
] as const;

export interface Calendar {
  /** Slot → name of who has it. */
  booked: Map<string, string>;
  messages: string[];
  cancelled: string[];
}

/** Three free times and the tools over them, answering as a booking webhook would. */
export function openCalendar(receiver: Receiver): Calendar {
  const calendar: Calendar = { booked: new Map(), messages: [], cancelled: [] };
  const offers = ["ten", "eleven", "noon"].map((say, index) => ({
    slot: `slot_${index + 1}`,
    say,
    startsAt: `T${10 + index}:00`,
    staff: "Ana",
  }));
  const free = () => offers.filter((offer) => !calendar.booked.has(offer.slot));
  const firstResults = new Map<string, unknown>();
  receiver.tools = {
    business_hours: ({ day }) => ({ say: `On ${String(day)} we are open from nine to five.`, data: { open: true } }),
    find_slots: () => ({
      say: `I have ${free()
        .map((offer) => offer.say)
        .join(", ")}.`,
      data: { offers: free() },
    }),
    hold_slot: ({ slot }) => ({ say: "Held.", data: { slot } }),
    book_appointment({ slot, name }, { id }) {
      const earlier = firstResults.get(id);
      if (earlier) return earlier;
      const taken = calendar.booked.has(String(slot));
      if (!taken) calendar.booked.set(String(slot), String(name));
      const result = taken
        ? { say: `That has just gone; I have ${free()[0]?.say}.`, data: null, offers: free() }
        : { say: `You are booked, ${String(name)}.`, data: { booking: `bkg_${String(slot)}` } };
      firstResults.set(id, result);
      return result;
    },
    find_booking: () => ({
      say: "I see your appointment at ten.",
      data: { bookings: [{ booking: "bkg_slot_1", service: "Haircut" }] },
    }),
    reschedule_booking: ({ booking, slot }) => ({ say: "It is moved.", data: { booking, slot } }),
    cancel_booking({ booking }) {
      calendar.cancelled.push(String(booking));
      return { say: "It is cancelled.", data: { booking } };
    },
    take_message({ message }) {
      calendar.messages.push(String(message));
      return { say: "I will pass that on.", data: {} };
    },
    transfer_to_human: () => ({ say: "I am putting you through.", data: { number: "+12025550177" } }),
    end_call: () => ({ say: "", data: {} }),
  };
  return calendar;
}
