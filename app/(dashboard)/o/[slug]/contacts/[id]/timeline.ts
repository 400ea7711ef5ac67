import type { CallSummary } from "@/lib/calls";
import type { Booking } from "@/lib/scheduling/schemas";

export type TimelineEntry =
  | { kind: "call"; at: Date; call: CallSummary }
  | { kind: "booking"; at: Date; booking: Booking };

/** Calls by when they came and bookings by when they take place, the latest first. */
export function timeline(calls: readonly CallSummary[], bookings: readonly Booking[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...calls.map((call) => ({ kind: "call" as const, at: call.startedAt, call })),
    ...bookings.map((booking) => ({ kind: "booking" as const, at: booking.startsAt, booking })),
  ];
  return entries.sort((a, b) => b.at.getTime() - a.at.getTime());
}
