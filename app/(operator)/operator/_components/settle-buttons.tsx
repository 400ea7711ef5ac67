"use client";

import { ConfirmButton } from "@/components/ui/confirm-button";
import { TextField } from "@/components/ui/form-fields";
import type { FormAction } from "@/lib/platform/form-state";

type Props = {
  /** Which difference, for the action. */
  fields: { org: string; item: string };
  about: string;
  proposal: string;
  /** undefined: nothing can do it by itself. */
  apply: FormAction | undefined;
  dismiss: FormAction;
};

/** Puts a difference right as proposed, or lets it be for a reason. */
export function SettleButtons({ fields, about, proposal, apply, dismiss }: Props) {
  return (
    <div className="mt-1 flex flex-wrap gap-2">
      {apply && (
        <ConfirmButton
          label="Apply"
          size="sm"
          title={`Put right: ${about}?`}
          consequence={`${proposal}. It cannot be taken back.`}
          confirmLabel="Apply"
          cancelLabel="Leave it"
          destructive={false}
          fields={fields}
          action={(_, form) => apply({ status: "idle", ok: false }, form)}
        />
      )}
      <ConfirmButton
        label="Dismiss"
        size="sm"
        variant="ghost"
        title={`Dismiss: ${about}?`}
        consequence="Nothing is changed, and it is not listed again while its figures stay the same."
        confirmLabel="Dismiss"
        destructive={false}
        fields={fields}
        action={(_, form) => dismiss({ status: "idle", ok: false }, form)}
      >
        <TextField label="Why" name="reason" required minLength={3} maxLength={300} />
      </ConfirmButton>
    </div>
  );
}
