import { ConfirmButton } from "@/components/ui/confirm-button";
import { TextField } from "@/components/ui/form-fields";
import { formatTime } from "@/components/ui/time-format";
import type { Booking } from "@/lib/scheduling/schemas";
import { cancelByHand } from "../../actions";

export function CancelButton({ slug, booking, timeZone }: { slug: string; booking: Booking; timeZone: string }) {
  const whose = booking.attendeeName ? `${booking.attendeeName}'s booking` : "the booking";
  return (
    <ConfirmButton
      label="Cancel booking"
      title={`Cancel ${whose} on ${formatTime(booking.startsAt, timeZone)}?`}
      consequence={`${booking.serviceName} with ${booking.staffName}. The time is free again at once, and a cancelled booking cannot be brought back.`}
      confirmLabel="Cancel booking"
      action={cancelByHand.bind(null, slug, booking.id)}
    >
      <TextField label="Reason" name="reason" maxLength={500} optional autoComplete="off" />
    </ConfirmButton>
  );
}
