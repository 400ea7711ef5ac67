import type { BookRefusal, RescheduleRefusal, SeriesRefusal } from "@/lib/scheduling";

export type Reason = BookRefusal | RescheduleRefusal | SeriesRefusal | "already_over" | "not_started" | "cancelled";

const sentences: Record<Reason, string> = {
  slot_taken: "That time overlaps another booking or a hold.",
  in_the_past: "That time has passed.",
  too_soon: "That is sooner than the notice this service needs.",
  too_far: "That is further ahead than this service can be booked.",
  outside_hours: "That is outside the hours.",
  unknown_slot: "That time can no longer be had. Choose another.",
  full: "Every seat of that start is taken.",
  limit_reached: "That day or week has as many bookings as the limit allows.",
  no_resource: "No room or chair that it needs is free then.",
  not_enough_staff: "Not everybody it takes is free then.",
  staff_cannot: "This person does not do this service, or is archived.",
  unknown_service: "Choose a service, a person and a time.",
  invalid_phone: "That is not a telephone number. Add the country code if it is from abroad.",
  not_confirmed: "Only a confirmed booking can be moved.",
  other_service: "That time belongs to another service.",
  past_deadline: "The cancellation policy no longer allows it. Waive it, with a reason, if you mean it.",
  fee_applies: "By the cancellation policy this costs a fee: have it accepted, or waive it with a reason.",
  waive_reason_missing: "Say why it is waived: the reason stands in the audit.",
  bad_rule: "That is no way in which a booking can repeat.",
  too_many: "A series has at most 104 dates.",
  no_occurrence: "There is no date left in that series.",
  already_over: "This booking is over; it cannot be cancelled.",
  not_started: "The appointment has not begun yet.",
  cancelled: "This booking is cancelled.",
};

/** Hours, notice and horizon can be waived by a person; nothing else can. */
const waivable = new Set<Reason>(["in_the_past", "too_soon", "too_far", "outside_hours", "limit_reached"]);

export const refusalInWords = (reason: Reason): string => sentences[reason];
export const isWaivable = (reason: Reason): boolean => waivable.has(reason);
