"use client";

import Form from "next/form";
import { Button } from "@/components/ui/button";
import { SelectField } from "@/components/ui/form-fields";

type Option = { value: string; label: string };

type Props = {
  action: string;
  services: readonly Option[];
  staff: readonly Option[];
  chosen: { service: string; staff: string };
  /** What the address keeps: the day, and the minute that was pointed at in the calendar. */
  keep: Record<string, string | undefined>;
};

/** What is booked and with whom; its answer is an address, so that times come from the server with or without scripts. */
export function WhatForm({ action, services, staff, chosen, keep }: Props) {
  const submit = (event: { currentTarget: HTMLSelectElement }) => event.currentTarget.form?.requestSubmit();
  return (
    <Form action={action} scroll={false} className="grid items-end gap-4 sm:grid-cols-2">
      {Object.entries(keep).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <SelectField
        key={`service-${chosen.service}`}
        label="Service"
        name="service"
        options={services}
        placeholder="Choose a service"
        defaultValue={chosen.service}
        onChange={submit}
      />
      <SelectField
        key={`staff-${chosen.staff}`}
        label="With"
        name="staff"
        options={staff}
        placeholder="Anyone who is free"
        defaultValue={chosen.staff}
        onChange={submit}
      />
      <noscript>
        <Button type="submit">Show times</Button>
      </noscript>
    </Form>
  );
}
