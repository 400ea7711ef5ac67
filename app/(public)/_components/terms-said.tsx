import type { ChangeTerms } from "@/lib/scheduling/schemas";

/** The fee of a change, said before it is made, and the amount the form accepts; nothing where it costs nothing. */
export function TermsSaid({ terms, change }: { terms: ChangeTerms; change: "Cancelling" | "Moving" }) {
  if (terms.feeCents === 0) return null;
  return (
    <p className="rounded-lg bg-attention-soft px-4 py-3 font-medium text-attention">
      {`${change} now costs ${terms.fee}, which you will owe the business. It was free of charge earlier.`}
      <input type="hidden" name="acceptedFeeCents" value={terms.feeCents} />
    </p>
  );
}
