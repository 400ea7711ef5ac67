import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/platform/form-state";

/** What became of the step, and its one button. */
export function StepFooter({
  state,
  pending,
  label,
  pendingLabel,
}: {
  state: FormState;
  pending: boolean;
  label: string;
  pendingLabel: string;
}) {
  return (
    <>
      <FormStatus outcome={state.status === "error" ? { ...state, ok: false } : null} />
      <SubmitButton className="self-start" pending={pending} pendingLabel={pendingLabel}>
        {label}
      </SubmitButton>
    </>
  );
}
