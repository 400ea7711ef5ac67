"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { FormStatus } from "@/components/ui/form-status";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type MemberRole, memberRoles, roleLabels } from "@/lib/organizations/words";
import { type FormAction, idle } from "@/lib/platform/form-state";

/** Saves as soon as another role is chosen; without scripts by its button. */
export function RoleForm({
  action,
  memberId,
  name,
  role,
  canMakeOwners,
}: {
  action: FormAction;
  memberId: string;
  name: string;
  role: MemberRole;
  canMakeOwners: boolean;
}) {
  const { state, pending, form } = useKeptForm(action, idle);
  const options = memberRoles
    .filter((each) => canMakeOwners || each !== "owner")
    .map((value) => ({ value, label: roleLabels[value] }));
  return (
    <form {...form} className="flex flex-col items-end gap-1">
      <input type="hidden" name="memberId" value={memberId} />
      <div className="flex items-center gap-2">
        <Select
          name="role"
          aria-label={`Role of ${name}`}
          options={options}
          defaultValue={role}
          className="w-30"
          onChange={(event) => event.target.form?.requestSubmit()}
        />
        <noscript>
          <SubmitButton size="sm" variant="secondary" pending={pending}>
            Save
          </SubmitButton>
        </noscript>
      </div>
      <FormStatus
        outcome={state.status === "idle" ? null : { ok: state.ok, message: state.message }}
        className="text-xs"
      />
    </form>
  );
}
