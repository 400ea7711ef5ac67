"use client";

import Form from "next/form";
import { Button } from "@/components/ui/button";
import { DatePicker } from "@/components/ui/date-picker";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/form-fields";

type Option = { value: string; label: string };

type Props = {
  action: string;
  services: readonly Option[];
  staff: readonly Option[];
  chosen: { service: string; staff: string; date: string };
};

/** What is asked stands in the address: it works without scripts, and can be sent to somebody. */
export function QuestionForm({ action, services, staff, chosen }: Props) {
  return (
    <Form action={action} scroll={false} className="grid items-end gap-4 sm:grid-cols-[1fr_1fr_auto_auto]">
      <SelectField
        key={`service-${chosen.service}`}
        label="Service"
        name="service"
        options={services}
        defaultValue={chosen.service}
      />
      <SelectField
        key={`staff-${chosen.staff}`}
        label="With"
        name="staff"
        options={staff}
        placeholder="Anyone"
        defaultValue={chosen.staff}
      />
      <Field label="Day">
        {(control) => <DatePicker key={chosen.date} {...control} name="date" defaultValue={chosen.date} />}
      </Field>
      <Button type="submit" variant="primary">
        Test
      </Button>
    </Form>
  );
}
