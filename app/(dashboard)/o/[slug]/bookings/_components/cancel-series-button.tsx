import { ConfirmButton } from "@/components/ui/confirm-button";
import { TextField } from "@/components/ui/form-fields";
import type { ChangeTerms } from "@/lib/scheduling/schemas";
import { cancelSeriesByHand } from "../actions";
import { TermsFields } from "./terms-fields";

type Props = { slug: string; bookingId: string; scope: "following" | "all"; terms: ChangeTerms; count: number };

export function CancelSeriesButton({ slug, bookingId, scope, terms, count }: Props) {
  const label = scope === "all" ? "Cancel all to come" : "Cancel this and those that follow";
  return (
    <ConfirmButton
      label={label}
      title={`Cancel ${count} booking${count === 1 ? "" : "s"} of this series?`}
      consequence="The series ends before them. Their times are free again at once, and cancelled bookings cannot be brought back."
      confirmLabel={`Cancel ${count}`}
      cancelLabel="Keep them"
      action={cancelSeriesByHand.bind(null, slug, bookingId, scope)}
    >
      <TermsFields terms={terms} change="Cancelling" />
      <TextField label="Reason" name="reason" maxLength={500} optional autoComplete="off" />
    </ConfirmButton>
  );
}
