"use client";

import { useEffect } from "react";
import { useKeptForm } from "@/components/forms/use-kept-form";
import { BusinessFields } from "@/components/organizations/business-fields";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { FormStatus } from "@/components/ui/form-status";
import type { SelectOption } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { idle } from "@/lib/platform/form-state";
import { createAction } from "./actions";

export function NewOrganizationForm({
  options,
  isFirst,
}: {
  options: { countries: SelectOption[]; zones: SelectOption[] };
  isFirst: boolean;
}) {
  const { state, pending, form } = useKeptForm(createAction, idle);

  // The browser knows where it is; what somebody has chosen already stays.
  useEffect(() => {
    const element = form.ref.current;
    if (!element) return;
    preset(element, "timeZone", "UTC", Intl.DateTimeFormat().resolvedOptions().timeZone);
    preset(element, "country", "US", regionOf(navigator.language));
  }, [form.ref]);

  return (
    <Card>
      <CardBody>
        <form {...form} className="flex flex-col gap-4">
          <BusinessFields
            state={state}
            options={options}
            values={{ name: "", trade: "salon", country: "US", timeZone: "UTC" }}
          />
          <FormStatus outcome={state.status === "error" ? { ok: false, message: state.message } : null} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton pending={pending} pendingLabel="Setting up">
              Go on
            </SubmitButton>
            {!isFirst && (
              <ButtonLink href="/o" variant="ghost">
                Cancel
              </ButtonLink>
            )}
          </div>
        </form>
      </CardBody>
    </Card>
  );
}

/** Some browsers name a language that is no language tag ("en-US@posix"). */
function regionOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).region;
  } catch {
    return undefined;
  }
}

function preset(form: HTMLFormElement, name: string, untouched: string, value: string | undefined): void {
  const select = form.elements.namedItem(name);
  if (!(select instanceof HTMLSelectElement) || select.value !== untouched || !value) return;
  if ([...select.options].some((option) => option.value === value)) select.value = value;
}
