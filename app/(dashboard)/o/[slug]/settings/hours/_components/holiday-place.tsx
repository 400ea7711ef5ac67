"use client";

import Form from "next/form";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/form-fields";
import type { HolidayChoices } from "../holiday-choices";

/** Whose holidays are listed stands in the address, so that the list comes from the server with or without scripts. */
export function HolidayPlace({ action, choices }: { action: string; choices: HolidayChoices }) {
  const submit = (event: { currentTarget: HTMLSelectElement }) => event.currentTarget.form?.requestSubmit();
  return (
    <Form action={action} scroll={false} className="grid items-end gap-4 px-4 pb-4 sm:grid-cols-2">
      <SelectField
        key={choices.country}
        label="Country"
        name="country"
        options={choices.countries}
        placeholder="Choose a country"
        defaultValue={choices.country}
        onChange={submit}
      />
      {choices.regions.length > 0 && (
        <SelectField
          key={`${choices.country}-${choices.region}`}
          label="Part of it"
          name="region"
          options={choices.regions}
          placeholder="The whole country"
          defaultValue={choices.region}
          onChange={submit}
        />
      )}
      <noscript>
        <Button type="submit">Show its holidays</Button>
      </noscript>
    </Form>
  );
}
