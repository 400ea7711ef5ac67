"use client";

import { useEffect } from "react";
import { useKeptForm } from "@/components/forms/use-kept-form";
import { SelectField, TextField } from "@/components/ui/form-fields";
import { FormStatus } from "@/components/ui/form-status";
import { SubmitButton } from "@/components/ui/submit-button";
import { memberRoles, roleHelp, roleLabels } from "@/lib/organizations/words";
import { type FormAction, idle } from "@/lib/platform/form-state";

export function InviteForm({ action, canInviteOwners }: { action: FormAction; canInviteOwners: boolean }) {
  const { state, pending, form } = useKeptForm(action, idle);
  useEffect(() => {
    if (state.ok) form.ref.current?.reset();
  }, [state, form.ref]);
  const roles = memberRoles
    .filter((role) => canInviteOwners || role !== "owner")
    .map((role) => ({ value: role, label: `${roleLabels[role]}: ${roleHelp[role]}` }));
  return (
    <form {...form} className="flex flex-col gap-4">
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="off"
        required
        defaultValue={state.values?.email}
        error={state.fields?.email}
      />
      <SelectField label="Role" name="role" options={roles} defaultValue="member" error={state.fields?.role} />
      <FormStatus outcome={state.status === "idle" || (state.fields?.email && !state.remedy) ? null : state} />
      <SubmitButton pending={pending} pendingLabel="Inviting">
        Send the invitation
      </SubmitButton>
    </form>
  );
}
