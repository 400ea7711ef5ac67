import { ConfirmButton } from "@/components/ui/confirm-button";
import { TextField } from "@/components/ui/form-fields";
import { formatTime } from "@/components/ui/time-format";
import type { Booking, ChangeTerms } from "@/lib/scheduling/schemas";
import { TermsFields } from "../../_components/terms-fields";
import { cancelByHand } from "../../actions";

type Props = { slug: string; booking: Booking; terms: ChangeTerms; timeZone: string };

export function CancelButton({ slug, booking, terms, timeZone }: Props) {
  const whose = booking.attendeeName ? `${booking.attendeeName}'s booking` : "the booking";
  return (
    <ConfirmButton
      label="Cancel booking"
      title={`Cancel ${whose} on ${formatTime(booking.startsAt, timeZone)}?`}
      consequence={`${booking.serviceName} with ${booking.staffName}. The time is free again at once, and a cancelled booking cannot be brought back.`}
      confirmLabel="Cancel booking"
      action={cancelByHand.bind(null, slug, booking.id)}
    >
      <TermsFields terms={terms} change="Cancelling" />
      <TextField label="Reason" name="reason" maxLength={500} optional autoComplete="off" />
    </ConfirmButton>
  );
}
