"use client";

import { SaveFooter } from "@/components/forms/save-footer";
import { useFields } from "@/components/forms/use-fields";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { SelectField, TextareaField, TextField } from "@/components/ui/form-fields";
import { NumberField } from "@/components/ui/number-field";
import type { FormAction } from "@/lib/platform/form-state";

type Option = { value: string; label: string };
type Props = { action: FormAction; services: readonly Option[]; staff: readonly Option[] };

/** Puts somebody on the list by hand. */
export function JoinForm({ action, services, staff }: Props) {
  const { form, field, values, saving } = useFields(action);
  return (
    <form {...form} key={saving.outcome?.ok ? saving.outcome.message : "form"}>
      <Card>
        <CardHeader title="Add somebody" description="What is left empty is no limit." />
        <CardBody className="grid items-start gap-4 sm:grid-cols-2">
          <TextField {...field("name")} label="Name" required maxLength={120} autoComplete="off" />
          <SelectField
            {...field("serviceId", services.length === 1 ? services[0]?.value : "")}
            key={values?.serviceId}
            label="Service"
            options={services}
            placeholder="Choose a service"
            required
          />
          <TextField {...field("phone")} label="Telephone" type="tel" maxLength={40} optional autoComplete="off" />
          <TextField
            {...field("email")}
            label="E-mail"
            type="email"
            maxLength={200}
            optional
            autoComplete="off"
            help="With it an offer is written to them."
          />
          <SelectField
            {...field("staffId")}
            key={`staff ${values?.staffId}`}
            label="With"
            options={staff}
            placeholder="Anybody"
          />
          <NumberField
            {...field("priority", 0)}
            label="Priority"
            min={-100}
            max={100}
            help="The higher is asked first."
          />
          <TextField {...field("fromOn")} label="From" type="date" optional className="tabular" />
          <TextField {...field("toOn")} label="Until" type="date" optional className="tabular" />
          <TextField {...field("fromMinute")} label="Not before" type="time" optional />
          <TextField {...field("toMinute")} label="Begins before" type="time" optional />
          <TextareaField
            {...field("notes")}
            label="Notes"
            rows={2}
            maxLength={2000}
            optional
            className="sm:col-span-2"
          />
        </CardBody>
        <SaveFooter saving={saving} label="Add to the list" />
      </Card>
    </form>
  );
}
