import type { PageRefusal } from "@/lib/booking-pages";
import type { RescheduleRefusal } from "@/lib/scheduling";

export type VisitorRefusal = PageRefusal | RescheduleRefusal | "already_over" | "too_many";

/** What a visitor is told; every sentence says what to do next. */
const sentences: Record<VisitorRefusal, string> = {
  slot_taken: "Somebody else was faster: this time is taken. Choose another one.",
  in_the_past: "This time has passed. Choose another one.",
  too_soon: "This time is too close now to be booked here. Choose a later one.",
  too_far: "This time is further ahead than can be booked yet. Choose an earlier one.",
  outside_hours: "The business is closed at this time. Choose another one.",
  full: "Every place at this time is taken. Choose another one.",
  limit_reached: "The business takes no more bookings on this day. Choose another one.",
  no_resource: "The room for it is taken at this time. Choose another one.",
  not_enough_staff: "Not everybody it takes is free at this time. Choose another one.",
  past_deadline: "It is too late to change this appointment here. Get in touch with the business.",
  fee_applies: "What this costs has changed meanwhile. Look at it again.",
  waive_reason_missing: "Only the business can waive a fee.",
  unknown_slot: "This time can no longer be had. Choose another one.",
  staff_cannot: "This person no longer does this. Choose another time.",
  unknown_service: "This can no longer be booked.",
  not_on_page: "This can no longer be booked here.",
  invalid_phone: "That is not a telephone number. Add the country code if it is from abroad.",
  not_confirmed: "This appointment was cancelled or is over; it cannot be moved.",
  other_service: "This time belongs to something else. Choose another one.",
  already_over: "This appointment has begun or is over; nothing can be changed.",
  too_many: "That was tried too often from your network. Wait ten minutes and try again.",
};

export const refusalInWords = (reason: VisitorRefusal): string => sentences[reason];
export const isRefusal = (text: string | undefined): text is VisitorRefusal =>
  text !== undefined && Object.hasOwn(sentences, text);
