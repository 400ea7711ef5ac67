import { CheckboxField, TextField } from "@/components/ui/form-fields";
import type { ChangeTerms } from "@/lib/scheduling/schemas";

type Props = { terms: ChangeTerms; change: "Cancelling" | "Moving"; values?: Record<string, string> | undefined };

/** What the cancellation policy says to a change, and the way round it; nothing when it says nothing. */
export function TermsFields({ terms, change, values }: Props) {
  if (terms.isAllowed && terms.feeCents === 0) return null;
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-attention p-3">
      <p className="text-attention">
        {terms.isAllowed
          ? `${change} now costs ${terms.fee} by the cancellation policy. It is recorded as owed, not charged.`
          : `By the cancellation policy it is too late for this.`}
      </p>
      {terms.isAllowed && <input type="hidden" name="acceptedFeeCents" value={terms.feeCents} />}
      <CheckboxField
        name="waive"
        label={terms.isAllowed ? "Waive the fee" : "Allow it anyway, without a fee"}
        defaultChecked={values?.waive === "on"}
      />
      <TextField
        label="Why"
        name="waiveReason"
        maxLength={200}
        help="Needed to waive it. It stays in the audit for good: leave personal details out."
        optional
        autoComplete="off"
        defaultValue={values?.waiveReason ?? ""}
      />
    </div>
  );
}
