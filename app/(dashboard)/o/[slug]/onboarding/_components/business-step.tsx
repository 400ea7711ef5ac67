"use client";

import { useKeptForm } from "@/components/forms/use-kept-form";
import { BusinessFields } from "@/components/organizations/business-fields";
import type { SelectOption } from "@/components/ui/select";
import { type FormAction, idle } from "@/lib/platform/form-state";
import { usePreview } from "./preview";
import { StepFooter } from "./step-footer";

export function BusinessStep({
  action,
  values,
  options,
}: {
  action: FormAction;
  values: Record<string, string>;
  options: { countries: SelectOption[]; zones: SelectOption[] };
}) {
  const { state, pending, form } = useKeptForm(action, idle);
  const { update } = usePreview();
  return (
    <form
      {...form}
      className="flex flex-col gap-4"
      onInput={(event) => update({ business: String(new FormData(event.currentTarget).get("name") ?? "") })}
    >
      <BusinessFields state={state} values={values} options={options} />
      <StepFooter state={state} pending={pending} label="Save and go on" pendingLabel="Saving" />
    </form>
  );
}
