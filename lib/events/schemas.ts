import { z } from "zod";

/** What the outbox carries. A kind names a noun and what happened to it. */
export const eventKinds = [
  "organization.created",
  "organization.updated",
  "organization.closed",
  "member.added",
  "member.updated",
  "member.removed",
  "invitation.created",
  "invitation.revoked",
  "service.changed",
  "staff.changed",
  "location.changed",
  "resource.changed",
  "availability.changed",
  "agent.changed",
  "connection.changed",
  "connection.received_first_event",
  "contact.changed",
  "contact.erased",
  "call.started",
  "call.updated",
  "call.turn_added",
  "call.tool_called",
  "call.ended",
  "call.reported",
  "call.corrected",
  "call.erased",
  "call_view.changed",
  "recording.requested",
  "job.replayed",
  "recording.stored",
  "recording.failed",
  "follow_up.created",
  "follow_up.done",
  "booking.held",
  "booking.hold_released",
  "booking.created",
  "booking.rescheduled",
  "booking.cancelled",
  "booking.updated",
  "booking.link_created",
  "booking.reminder_due",
  "booking.reminded",
  "booking_page.changed",
  "cancellation_policy.changed",
  "series.created",
  "series.moved",
  "series.split",
  "series.cancelled",
  "waitlist.joined",
  "waitlist.left",
  "waitlist.offered",
  "waitlist.accepted",
  "waitlist.offer_closed",
  "calendar.changed",
  "calendar.requested",
  "calendar.alerted",
  "calendar.recovered",
  "subscription.changed",
  "subscription.checkout_started",
  "subscription.portal_opened",
  "subscription.alerted",
  "usage.counted",
  "invoice.changed",
  "billing_item.changed",
] as const;

export type EventKind = (typeof eventKinds)[number];

/** An event as a reader of the stream sees it; `cursor` is what to ask after next. */
export type StreamedEvent = {
  cursor: string;
  id: string;
  kind: EventKind;
  subjectId: string;
  payload: Record<string, unknown>;
  createdAt: Date;
};

export const eventCursor = z.string().regex(/^\d{1,20}_\d{1,19}$/);
