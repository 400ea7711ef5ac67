"use client";

import { useActionState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { CheckboxField, SelectField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormAction, idle } from "@/lib/platform/form-state";

type Props = { action: FormAction; people: readonly { value: string; label: string }[] };

export function AddressForm({ action, people }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  const address = state.ok ? state.values?.address : undefined;
  return (
    <form action={submit} className="flex flex-col gap-4">
      <FormStatus outcome={state.status === "idle" ? null : { ok: state.ok, message: state.message }} />
      {address && (
        <div className="flex items-center gap-2 rounded-lg border bg-sunken p-2">
          <code className="min-w-0 flex-1 text-xs break-all">{address}</code>
          <CopyButton value={address} label="Copy the address" />
        </div>
      )}
      <SelectField label="Whose bookings" name="staffId" options={[{ value: "", label: "Everybody's" }, ...people]} />
      <CheckboxField
        name="showsDetails"
        label="Show service and caller"
        help="Otherwise every booking is called “Busy”. Whoever has the address can read it."
      />
      <SubmitButton variant="secondary" pending={pending} pendingLabel="Making an address">
        Make an address
      </SubmitButton>
    </form>
  );
}
